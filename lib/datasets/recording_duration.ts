import { readRecording, recordingHeader } from "../audio/mod.ts";
import { DataError } from "../errors/mod.ts";

/**
 * Seconds of a recording, from its header where that states them, so that listing thousands of files is quick.
 *
 * @throws {DataError} for a file that isn't there, isn't audio, is truncated or holds no sound.
 */
export async function recordingDuration(path: string): Promise<number> {
  const header = await recordingHeader(path);
  const seconds = header ? header.frames / header.sampleRate : (await readRecording(path)).duration;
  if (seconds > 0) return seconds;
  throw new DataError({ expected: "a recording with samples", found: "none", where: path, remedy: "leave it out" });
}
