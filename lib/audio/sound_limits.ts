import { DataError } from "../errors/mod.ts";

/**
 * What a recording may be, so that any file is answered within seconds and within 500 MB, whatever its header says. The lowest and
 * highest rate in Hz: below lies no body sound, above no converter.
 */
export const soundLimits = {
  lowestRate: 50,
  highestRate: 768_000,
  /** Channels of an array of microphones. */
  channels: 64,
  /** Seconds. */
  duration: 1800,
  /** Samples of all channels together: a quarter of an hour of one at 44.1 kHz. */
  samples: 40_000_000,
  /** Bytes of a file. */
  bytes: 256_000_000,
} as const;

/** What a header, or a count before decoding, says of a sound. */
export interface SoundSize {
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Samples a channel, where that is known. */
  frames?: number;
}

/** @throws {DataError} for a sound beyond the limits, before anything is made of it. */
export function checkSoundSize({ sampleRate, channels, frames = 1 }: SoundSize, name: string): void {
  const { lowestRate, highestRate, duration, samples } = soundLimits;
  const refuse = (expected: string, found: string, remedy: string) => {
    throw new DataError({ expected, found, where: name, remedy });
  };
  if (!(sampleRate >= lowestRate && sampleRate <= highestRate)) {
    const expected = `a sample rate from ${lowestRate} Hz to ${highestRate / 1000} kHz`;
    refuse(expected, `${sampleRate} Hz`, "record or convert the file again");
  }
  if (!(channels >= 1 && channels <= soundLimits.channels)) {
    refuse(`1 to ${soundLimits.channels} channels`, `${channels}`, "record or convert the file again");
  }
  const longest = Math.min(duration, samples / channels / sampleRate);
  if (frames / sampleRate > longest) {
    const { found, expected } = { found: minutes(frames / sampleRate), expected: minutes(longest) };
    const way = channels === 1 ? `${sampleRate} Hz` : `${channels} channels at ${sampleRate} Hz`;
    refuse(`at most ${expected} of sound (of ${way})`, found, "cut out the examination");
  }
}

/** @throws {DataError} for a file that is too large to be read. */
export function checkFileSize(bytes: number, name: string): void {
  if (bytes <= soundLimits.bytes) return;
  throw new DataError({
    expected: `a recording of at most ${soundLimits.bytes / 1e6} MB`,
    found: `${Math.ceil(bytes / 1e6)} MB`,
    where: name,
    remedy: "cut out the examination",
  });
}

function minutes(seconds: number): string {
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;
}
