import { isAbsolute, normalize } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { writePieces } from "../../files/mod.ts";
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

/**
 * Unpacks a ZIP or RAR file. Each file is written under a temporary name and renamed, so that none is half there.
 *
 * @returns Paths of the files below the folder.
 * @throws {DataError} for a damaged archive, a name that leads out of the folder, a link, or more bytes than allowed.
 */
export async function unpackArchive(path: string, options: UnpackArchiveOptions): Promise<string[]> {
  const { folder, budget, strip = 0 } = options, written: string[] = [];
  const allow = (bytes: number) => {
    if (bytes <= budget.bytes) return;
    const expected = `an archive of at most ${budget.bytes} more bytes when unpacked`;
    const remedy = "unpack it yourself, where you trust where it comes from";
    throw new DataError({ expected, found: `${bytes}`, where: path, remedy });
  };
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      allow(chunk.length);
      budget.bytes -= chunk.length;
      yield chunk;
    }
  };
  for await (const entry of readable(path, isRar(path) ? rarEntries(path) : zipEntries(path))) {
    const whole = safePath(entry.name, path);
    const below = whole.split("/").slice(strip).join("/");
    if (below === "" || /(^|\/)(__MACOSX\/|\.DS_Store$)/.test(whole)) continue;
    allow(entry.size);
    await writePieces(`${folder}/${below}`, counted(readable(path, entry.chunks())));
    written.push(below);
  }
  return written;
}

/** Whether the name is one of an archive that {@linkcode unpackArchive} opens. */
export function isArchive(path: string): boolean {
  return /\.(zip|rar)$/i.test(path);
}

function isRar(path: string): boolean {
  return /\.rar$/i.test(path);
}

/** What is read of an archive; whatever the library that reads it throws is an error of ours. */
async function* readable<T>(path: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const expected = `a ${isRar(path) ? "RAR" : "ZIP"} archive`;
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new DataError({ expected, found, where: path, remedy: "delete it and fetch it again", cause });
  }
}

/**
 * The name of an archive's entry as a path below the folder that it is unpacked to.
 *
 * @throws {DataError} for a name that leads out of the folder ("zip slip").
 */
function safePath(name: string, archive: string): string {
  const path = normalize(name.replaceAll("\\", "/")).replaceAll("\\", "/");
  if (
    path === "" || isAbsolute(path) || /^[a-z]:/i.test(path) || path.split("/").includes("..") || path.includes("\0")
  ) {
    const expected = "an archive whose files lie inside it", remedy = "don't unpack it: it was made to write elsewhere";
    throw new DataError({ expected, found: `the name ${JSON.stringify(name)}`, where: archive, remedy });
  }
  return path;
}

/** The files of a RAR archive, which is held in memory (Yaseen's five have a few MB each); folders are left out. */
async function* rarEntries(path: string): AsyncGenerator<ArchiveEntry> {
  const { createExtractorFromData } = await import("node-unrar-js");
  const data = (await Deno.readFile(path)).buffer;
  const names = (await createExtractorFromData({ data })).getFileList();
  for (const { name, unpSize } of [...names.fileHeaders].filter(({ flags }) => !flags.directory)) {
    yield {
      name,
      size: unpSize,
      async *chunks() {
        const extractor = await createExtractorFromData({ data });
        for (const { extraction } of extractor.extract({ files: [name] }).files) if (extraction) yield extraction;
      },
    };
  }
}

/** The files of a ZIP archive; folders are left out. */
async function* zipEntries(path: string): AsyncGenerator<ArchiveEntry> {
  const archive = await yauzl.openPromise(path);
  try {
    for await (const entry of archive.eachEntry()) {
      const { fileName: name, uncompressedSize: size } = entry;
      if (name.endsWith("/")) continue;
      // The upper half of the attributes is the file's mode on Unix: 0o120000 is a symbolic link.
      if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) {
        throw new Error(`the link ${JSON.stringify(name)}`);
      }
      yield {
        name,
        size,
        async *chunks() {
          let sum = 0;
          for await (const chunk of await archive.openReadStreamPromise(entry)) {
            sum = crc32(chunk, sum);
            yield chunk;
          }
          if (sum !== entry.crc32) throw new Error(`another checksum than its own for ${name}`);
        },
      };
    }
  } finally {
    archive.close();
  }
}
