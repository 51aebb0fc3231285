import { createHash } from "node:crypto";
import { join } from "node:path";
import { duplicateGroups } from "./duplicate_groups.ts";

/**
 * The recordings of a folder that hold the very same samples, found without decoding them: a FLAC file states the MD5 of its
 * samples (RFC 9639, section 8.2), and the data of a WAV file of whole numbers are the samples; of other files all bytes count.
 * A recording that isn't there or can't be read is left to those who need its sound.
 *
 * @param recordings Paths below the folder; by stem, `.wav` and `.flac` serve alike.
 * @returns lists of two or more recordings: `duplicates` of {@linkcode planFolds} and {@linkcode assertNoLeak}.
 */
export async function exactDuplicates(folder: string, recordings: Iterable<string>): Promise<string[][]> {
  const { findRecording } = await import("../audio/mod.ts"); // the guard itself needs no sound
  const hashes = new Map<string, string>();
  for (const recording of new Set(recordings)) {
    try {
      hashes.set(recording, await sampleHash(await findRecording(join(folder, recording))));
    } catch {
      continue;
    }
  }
  return duplicateGroups(hashes);
}

async function sampleHash(path: string): Promise<string> {
  const file = await Deno.open(path);
  try {
    const head = new Uint8Array(42);
    const length = await file.read(head) ?? 0;
    const stated = length === 42 && text(head, 0, 4) === "fLaC" ? head.subarray(26, 42) : undefined;
    if (stated?.some((byte) => byte !== 0)) return `samples ${stated.toHex()}`;
  } finally {
    file.close();
  }
  const bytes = await Deno.readFile(path);
  const samples = wavData(bytes);
  return samples ? `samples ${md5(samples)}` : `file ${md5(bytes)}`;
}

/** The data chunk of a WAV file of signed integers (16 bits and more). */
function wavData(bytes: Uint8Array): Uint8Array | undefined {
  if (text(bytes, 0, 4) !== "RIFF" || text(bytes, 8, 12) !== "WAVE") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let integers = false;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = text(bytes, at, at + 4), size = view.getUint32(at + 4, true);
    const start = at + 8, end = Math.min(bytes.length, start + size);
    if (name === "fmt " && end - start >= 16) {
      const format = view.getUint16(start, true), bits = view.getUint16(start + 14, true);
      const kind = format === 0xfffe && end - start >= 26 ? view.getUint16(start + 24, true) : format;
      integers = kind === 1 && bits >= 16;
    }
    if (name === "data") return integers ? bytes.subarray(start, end) : undefined;
    at = end + size % 2;
  }
  return undefined;
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}
