import { dirname, isAbsolute, normalize } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { crc32 } from "node:zlib";
// @ts-types="@types/yauzl"
import yauzl from "yauzl";

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

/**
 * The name of an archive's entry as a path below the folder that it is unpacked to.
 *
 * @throws {DataError} for a name that leads out of the folder ("zip slip").
 */
function safePath(name: string, archive: string): string {
  const slashed = name.replaceAll("\\", "/");
  const path = normalize(slashed).replaceAll("\\", "/");
  if (
    path === "" || isAbsolute(path) || /^[a-z]:/i.test(path) || path.split("/").includes("..") || path.includes("\0")
  ) {
    throw new DataError({
      expected: "an archive whose files lie inside it",
      found: `the name ${JSON.stringify(name)}`,
      where: archive,
      remedy: "don't unpack it: it was made to write elsewhere",
    });
  }
  return path;
}

/** The files of a RAR archive, which is held in memory (Yaseen's five have a few MB each); folders are left out. */
async function* rarEntries(path: string): AsyncGenerator<ArchiveEntry> {
  const { createExtractorFromData } = await import("node-unrar-js");
  try {
    const data = (await Deno.readFile(path)).buffer;
    const names = (await createExtractorFromData({ data })).getFileList();
    const headers = [...names.fileHeaders].filter(({ flags }) => !flags.directory);
    for (const header of headers) {
      yield {
        name: header.name,
        size: header.unpSize,
        async *chunks() {
          try {
            const extractor = await createExtractorFromData({ data });
            for (const { extraction } of extractor.extract({ files: [header.name] }).files) {
              if (extraction) yield extraction;
            }
          } catch (cause) {
            throw damagedArchive(path, "RAR", cause);
          }
        },
      };
    }
  } catch (cause) {
    throw damagedArchive(path, "RAR", cause);
  }
}

/** The files of a ZIP archive; folders are left out. */
async function* zipEntries(path: string): AsyncGenerator<ArchiveEntry> {
  const damaged = (cause: unknown) => damagedArchive(path, "ZIP", cause);
  const archive = await yauzl.openPromise(path).catch((cause: unknown) => {
    throw damaged(cause);
  });
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue;
      // The upper half of the attributes is the file's mode on Unix: 0o120000 is a symbolic link.
      if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) {
        throw damaged(`the link ${JSON.stringify(entry.fileName)}`);
      }
      yield {
        name: entry.fileName,
        size: entry.uncompressedSize,
        async *chunks() {
          let sum = 0;
          try {
            for await (const chunk of await archive.openReadStreamPromise(entry)) {
              sum = crc32(chunk, sum);
              yield chunk;
            }
          } catch (cause) {
            throw damaged(cause);
          }
          if (sum !== entry.crc32) throw damaged(`another checksum than its own for ${entry.fileName}`);
        },
      };
    }
  } catch (cause) {
    throw damaged(cause);
  } finally {
    archive.close();
  }
}

/** What is wrong with an archive as an error of ours, whatever the library that reads it threw. */
function damagedArchive(path: string, kind: "ZIP" | "RAR", cause: unknown): DataError {
  if (cause instanceof DataError) return cause;
  return new DataError({
    expected: `a ${kind} archive`,
    found: cause instanceof Error ? cause.message : String(cause),
    where: path,
    remedy: "delete it and fetch it again",
    cause,
  });
}
