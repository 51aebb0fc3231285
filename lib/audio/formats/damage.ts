import { AuscultError, DataError } from "../../errors/mod.ts";

/** The error of a file that isn't what it says it is. */
export function damage(expected: string, found: string, where: string, cause?: unknown): DataError {
  return new DataError({ expected, found, where, remedy: "record or copy the file again, or leave it out", cause });
}

/** The error of a decoder that gave up; one of our own stays as it is. */
export function undecodable(cause: unknown, name: string): AuscultError {
  if (cause instanceof AuscultError) return cause;
  const found = cause instanceof Error ? cause.message : String(cause);
  return damage("audio that can be decoded", `${found}, a damaged file`, name, cause);
}

/** The letters at an offset, one a byte; fewer at the end. */
export function letters({ buffer, byteOffset, byteLength }: ArrayBufferView, at: number, length = 4): string {
  return String.fromCharCode(...new Uint8Array(buffer, byteOffset, byteLength).subarray(at, at + length));
}

/** The error of a sound that other programs read: its message says how to make of it what this one reads. */
export class UnsupportedSound extends DataError {
  /**
   * @param found Its kind, with an article.
   * @param where The file.
   */
  constructor(found: string, where: string) {
    const file = where.slice(Math.max(where.lastIndexOf("/"), where.lastIndexOf("\\")) + 1);
    super({
      expected: "a WAV, FLAC, MP3, OGG, WebM, AIFF, CAF or AU file",
      found,
      where,
      remedy: `convert it: ffmpeg -i ${JSON.stringify(file)} converted.wav`,
    });
  }
}
