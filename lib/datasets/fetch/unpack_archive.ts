import { dirname } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { safePath } from "./safe_path.ts";
import { rarEntries } from "./unpack_rar.ts";
import { zipEntries } from "./unpack_zip.ts";

/** A file in an archive. */
export interface ArchiveEntry {
  name: string;
  /** Bytes when unpacked, as the archive says. */
  size: number;
  /** The content, checked against the archive's own checksum. */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface UnpackArchiveOptions {
  folder: string;
  /** Bytes that its files may have together, counted down: archives in archives share one. */
  budget: { bytes: number };
  /** Leading folders of the names to leave away. @default {0} */
  strip?: number;
}

/** Whether the name is one of an archive that {@linkcode unpackArchive} opens. */
export function isArchive(path: string): boolean {
  return /\.(zip|rar)$/i.test(path);
}

/**
 * Unpacks a ZIP or RAR file. Each file is written under a temporary name and renamed, so that none is half there.
 *
 * @returns Paths of the files below the folder.
 * @throws {DataError} for a damaged archive, a name that leads out of the folder, a link, or more bytes than allowed.
 */
export async function unpackArchive(
  path: string,
  { folder, budget, strip = 0 }: UnpackArchiveOptions,
): Promise<string[]> {
  const written: string[] = [];
  const allow = (bytes: number) => {
    if (bytes <= budget.bytes) return;
    throw new DataError({
      expected: `an archive of at most ${budget.bytes} more bytes when unpacked`,
      found: `${bytes}`,
      where: path,
      remedy: "unpack it yourself, where you trust where it comes from",
    });
  };
  const count = (bytes: number) => {
    allow(bytes);
    budget.bytes -= bytes;
  };
  for await (const entry of /\.rar$/i.test(path) ? rarEntries(path) : zipEntries(path)) {
    const whole = safePath(entry.name, path);
    const below = whole.split("/").slice(strip).join("/");
    if (below === "" || /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(whole)) continue;
    allow(entry.size);
    await write(`${folder}/${below}`, entry.chunks(), count);
    written.push(below);
  }
  return written;
}

async function write(path: string, chunks: AsyncIterable<Uint8Array>, count: (bytes: number) => void) {
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  await Deno.mkdir(dirname(path), { recursive: true });
  const file = await Deno.open(temporary, { write: true, createNew: true });
  try {
    for await (const chunk of chunks) {
      count(chunk.length);
      for (let at = 0; at < chunk.length;) at += await file.write(chunk.subarray(at));
    }
    file.close();
    await Deno.rename(temporary, path);
  } catch (error) {
    try {
      file.close();
    } catch {
      // It was closed before the renaming failed.
    }
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}
