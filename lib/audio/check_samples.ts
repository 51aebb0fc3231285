import { InputError } from "../errors/mod.ts";

/**
 * Refuses what no function of this room can work with: no samples, NaN or infinite samples, a rate of 0.
 *
 * @param where Name of the caller, for the message.
 * @throws {InputError}
 */
export function checkSamples(
  samples: ArrayLike<number>,
  { sampleRate, where }: { sampleRate?: number; where: string },
) {
  if (sampleRate !== undefined) checkRate(sampleRate, { where });
  if (samples.length === 0) {
    throw new InputError({ expected: "at least one sample", found: "none", where, remedy: "leave the recording out" });
  }
  const at = firstNotFinite(samples);
  if (at >= 0) {
    throw new InputError({
      expected: "finite samples",
      found: `${samples[at]} at sample ${at}`,
      where,
      remedy: "repair the recording or leave it out",
    });
  }
}

/** @throws {InputError} unless the rate is a positive, finite number of Hz. */
export function checkRate(sampleRate: number, { where }: { where: string }) {
  if (sampleRate > 0 && sampleRate < Infinity) return;
  throw new InputError({ expected: "a sample rate above 0 Hz", found: `${sampleRate} Hz`, where });
}

/** Index of the first sample that is NaN or infinite; -1 where all are finite. */
export function firstNotFinite(samples: ArrayLike<number>): number {
  for (let i = 0; i < samples.length; i++) {
    // x - x is 0 for every finite x and NaN for the others.
    if (samples[i] - samples[i] !== 0) return i;
  }
  return -1;
}
