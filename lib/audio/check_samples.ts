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
  const at = firstBeyond(samples, Number.MAX_VALUE);
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

/** Index of the first sample that is no number or larger than `most`; -1 for none. A loop: it's called for forty million. */
export function firstBeyond(samples: ArrayLike<number>, most: number): number {
  for (let i = 0; i < samples.length; i++) if (!(Math.abs(samples[i]) <= most)) return i;
  return -1;
}
