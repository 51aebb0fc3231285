import { crc32 } from "node:zlib";
// @ts-types="@types/yauzl"
import yauzl from "yauzl";
import { damagedArchive } from "./damaged_archive.ts";
import type { ArchiveEntry } from "./unpack_archive.ts";

/** The files of a ZIP archive; folders are left out. */
export async function* zipEntries(path: string): AsyncGenerator<ArchiveEntry> {
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
