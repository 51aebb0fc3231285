import { DataError } from "../../errors/mod.ts";
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
          const extractor = await createExtractorFromData({ data });
          for (const { extraction } of extractor.extract({ files: [header.name] }).files) {
            if (extraction) yield extraction;
          }
        },
      };
    }
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new DataError({
      expected: "a RAR archive",
      found,
      where: path,
      remedy: "delete it and fetch it again",
      cause,
    });
  }
}
