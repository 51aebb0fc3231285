import { dirname, join } from "node:path";
import { DataError } from "../errors/mod.ts";

/**
 * Writes to a temporary name in the same folder and renames it: a killed process leaves the old file or the new one,
 * never a half. The folder is made where it is missing.
 *
 * @throws {DataError} where the folder can't be written or the disk is full.
 */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await replace(path, async (file) => {
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
  });
}

/**
 * The same of what comes piece by piece, but that it isn't waited until the disk has it.
 *
 * @throws {DataError} as `writeAtomic`, and what the pieces throw of such errors.
 */
export async function writePieces(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await replace(path, async (file) => await ReadableStream.from(pieces).pipeTo(file.writable));
}

async function replace(path: string, write: (file: Deno.FsFile) => Promise<void>): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    {
      using file = await Deno.open(temporary, { write: true, createNew: true });
      await write(file);
    }
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {});
    throw cause instanceof DataError ? cause : cannotWrite(path, cause);
  }
}

/** The error of a file or folder that can't be written. */
export function cannotWrite(path: string, cause: unknown): DataError {
  const said = cause instanceof Error ? cause.message.replace(/: \w+ '.*'$/, "") : String(cause);
  const [found, remedy] = cause instanceof Deno.errors.NotCapable
    ? ["no permission of this task for that folder", `this task writes ${writableFolders()}`]
    : [said, "choose a folder that can be written and has space left"];
  return new DataError({ expected: "to be able to write", found, where: path, remedy, cause });
}

/** Where this task may write, as the end of a sentence. */
export function writableFolders(): string {
  const may = ["results", "data", "experiments"].filter((path) =>
    Deno.permissions.querySync({ name: "write", path }).state === "granted"
  );
  return may.length === 0 ? "nothing" : `below ${may.map((name) => `${name}/`).join(" and ")} alone`;
}

/**
 * Finds out before long work whether its result can be written; nothing is left behind but the folder.
 *
 * @param remedy What to do where it can't be.
 * @throws {DataError} where it can't be written.
 */
export async function assertWritable(path: string, { remedy }: { remedy: string }): Promise<void> {
  const probe = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(probe, new Uint8Array(1), { createNew: true });
    await Deno.remove(probe);
  } catch (cause) {
    const { problem } = cannotWrite(path, cause);
    throw new DataError({ ...problem, remedy: `${problem.remedy}: ${remedy}`, cause });
  }
}

const TEMPORARY = /\.[0-9a-f]{8}\.tmp$/; // as `writeAtomic` calls them

export interface SweepTemporaryOptions {
  /** Younger ones stay: another process may be writing them. @default {0} */
  olderThan?: number; // seconds
  /** Look into the folders below as well. @default {false} */
  deep?: boolean;
  /** Folders of such a name, too. @default {false} */
  folders?: boolean;
}

/** Removes what a killed process left of {@linkcode writeAtomic}. */
export async function sweepTemporary(folder: string, options: SweepTemporaryOptions = {}): Promise<void> {
  const { olderThan = 0, deep = false, folders = false } = options;
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const { name, isDirectory } of entries) {
    const path = join(folder, name);
    if (isDirectory && deep) await sweepTemporary(path, { olderThan, deep });
    if ((isDirectory && !folders) || !TEMPORARY.test(name)) continue;
    const changed = (await Deno.lstat(path).catch(() => undefined))?.mtime?.getTime() ?? Infinity;
    if (Date.now() - changed >= 1000 * olderThan) await Deno.remove(path, { recursive: true }).catch(() => {}); // another one swept it
  }
}
