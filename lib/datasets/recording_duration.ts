import { readRecording } from "../audio/mod.ts";
import { DataError } from "../errors/mod.ts";

/**
 * Seconds of a recording, from the header where it is WAV or FLAC, so that listing thousands of files is quick.
 * A WAV's frame size is channels x bits, whatever its block alignment says (it is wrong in some of SPRSound); what a
 * truncated WAV no longer holds isn't counted.
 *
 * @throws {DataError} for a file that isn't there, isn't audio or holds no sound.
 */
export async function recordingDuration(path: string): Promise<number> {
  const seconds = await fromHeader(path) ?? (await readRecording(path)).duration;
  if (!(seconds > 0)) {
    throw new DataError({ expected: "a recording with samples", found: "none", where: path, remedy: "leave it out" });
  }
  return seconds;
}

async function fromHeader(path: string): Promise<number | undefined> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (cause) {
    const found = cause instanceof Deno.errors.NotFound ? "no such file" : (cause as Error).message;
    throw new DataError({ expected: "a recording", found, where: path, cause });
  }
  try {
    const head = await readAt(file, 0, 42);
    const kind = letters(head, 0);
    if (kind === "RIFF" && letters(head, 8) === "WAVE") return await wavSeconds(file);
    if (kind === "fLaC" && head.byteLength === 42) return flacSeconds(head);
    return undefined;
  } finally {
    file.close();
  }
}

async function wavSeconds(file: Deno.FsFile): Promise<number | undefined> {
  const size = (await file.stat()).size;
  let bytesASecond = 0;
  for (let at = 12; at + 8 <= size;) {
    const chunk = await readAt(file, at, 24);
    const length = chunk.getUint32(4, true);
    if (letters(chunk, 0) === "fmt " && chunk.byteLength === 24) {
      bytesASecond = chunk.getUint32(12, true) * chunk.getUint16(10, true) * Math.ceil(chunk.getUint16(22, true) / 8);
    }
    if (letters(chunk, 0) === "data") {
      return bytesASecond > 0 ? Math.min(length, size - at - 8) / bytesASecond : undefined;
    }
    at += 8 + length + length % 2;
  }
  return undefined;
}

/** STREAMINFO (RFC 9639, 8.2): 20 bits of rate and 36 bits of samples from byte 18 of the file on. */
function flacSeconds(head: DataView): number | undefined {
  const rate = head.getUint32(18) >>> 12;
  const samples = (head.getUint8(21) & 0x0f) * 2 ** 32 + head.getUint32(22);
  return rate > 0 && samples > 0 ? samples / rate : undefined;
}

async function readAt(file: Deno.FsFile, at: number, length: number): Promise<DataView> {
  const bytes = new Uint8Array(length);
  await file.seek(at, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < length) {
    const read = await file.read(bytes.subarray(filled));
    if (read === null) break;
    filled += read;
  }
  return new DataView(bytes.buffer, 0, filled);
}

function letters(view: DataView, at: number): string {
  if (view.byteLength < at + 4) return "";
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}
