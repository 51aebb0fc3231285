import { damagedArchive } from "./damaged_archive.ts";
import type { ArchiveEntry } from "./unpack_archive.ts";

/** The files of a RAR archive, which is held in memory (Yaseen's five have a few MB each); folders are left out. */
export async function* rarEntries(path: string): AsyncGenerator<ArchiveEntry> {
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
