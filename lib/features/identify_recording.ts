import { findRecording, headerIn, readRecordingBytes } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { hashBytes } from "../files/mod.ts";

/** What is known of a recording's file without decoding it. */
export interface RecordingIdentity {
  /** Where it was found; nothing where it can't be read. */
  file?: string;
  /** SHA-256 of the file, or why it can't be read. */
  hash: string;
  /** Its length, where the header states it. */
  seconds?: number;
}

const remembered = new Map<string, { size: number; changed: number; identity: Promise<RecordingIdentity> }>();

/**
 * A recording, found by its stem where only that is there, and the hash of its bytes, by which all that is worked out of it
 * is kept. The file is read once in a process, as long as its size and its time of change stay the same.
 */
export async function identifyRecording(path: string): Promise<RecordingIdentity> {
  try {
    const file = await findRecording(path);
    const { size, mtime } = await Deno.stat(file), changed = mtime?.getTime() ?? 0;
    const before = remembered.get(file);
    if (before?.size === size && before.changed === changed) return await before.identity;
    const identity = identify(file);
    remembered.set(file, { size, changed, identity });
    return await identity;
  } catch (error) {
    if (error instanceof AuscultError) return { hash: error.message };
    throw error;
  }
}

async function identify(file: string): Promise<RecordingIdentity> {
  const bytes = await readRecordingBytes(file);
  const identity = { file, hash: hashBytes(bytes) };
  try {
    const header = headerIn(bytes, { name: file, size: bytes.length });
    return { ...identity, seconds: header && header.frames / header.sampleRate };
  } catch (error) {
    if (error instanceof AuscultError) return identity; // who decodes it says what is wrong
    throw error;
  }
}

/** Files that are read at once. */
const AT_ONCE = 8;

/** The same of many, some at a time. */
export async function identifyRecordings(
  paths: Iterable<string>,
  signal?: AbortSignal,
): Promise<Map<string, RecordingIdentity>> {
  const found = new Map<string, RecordingIdentity>();
  const waiting = [...new Set(paths)];
  for (let first = 0; first < waiting.length; first += AT_ONCE) {
    signal?.throwIfAborted();
    const some = waiting.slice(first, first + AT_ONCE);
    const identities = await Promise.all(some.map(identifyRecording));
    some.forEach((path, i) => found.set(path, identities[i]));
  }
  return found;
}
