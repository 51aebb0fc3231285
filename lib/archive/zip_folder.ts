import { join } from "node:path";
import type { Readable } from "node:stream";
// @ts-types="@types/yazl"
import { ZipFile } from "yazl";
import { cannotWrite } from "../files/mod.ts";

/**
 * Packs files of a folder as a ZIP that is whole or not there; the same files give the same bytes.
 *
 * @param files Paths below the folder.
 * @throws {DataError} where it can't be written.
 */
export async function zipFolder(
  folder: string,
  { files, out }: { files: readonly string[]; out: string },
): Promise<void> {
  const zip = new ZipFile();
  // ZIP knows no earlier day; a script stays one that runs.
  const options = (path: string) => ({ mtime: new Date(1980, 0, 1), mode: path.endsWith(".sh") ? 0o100755 : 0o100644 });
  for (const path of files) zip.addFile(join(folder, path), path, { ...options(path), forceDosTimestamp: true });
  zip.end();
  const temporary = `${out}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    const stream = zip.outputStream as Readable;
    zip.on("error", (error) => stream.destroy(error));
    const file = await Deno.open(temporary, { write: true, createNew: true });
    await ReadableStream.from<Uint8Array>(stream).pipeTo(file.writable);
    await Deno.rename(temporary, out);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {});
    throw cannotWrite(out, cause);
  }
}
