import { DataError } from "../errors/mod.ts";

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
