import { join, relative, sep, win32 } from "node:path";
import { DataError } from "../errors/mod.ts";

/**
 * The path of a file that another file names: whoever sends a folder decides what stands in it, so that a name in it could
 * lead anywhere. It must lie in the folder, also behind links, be a plain file (no device, no pipe), and have a bearable size.
 *
 * @param name Path below the folder, as the file gives it.
 * @returns the path with all links resolved.
 * @throws {DataError} for every other name; `found` is `"none"` where there is no such file.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * await expect(fileInside("lib", "../README.md", { maxBytes: 1e6 })).rejects.toThrow(/a path out of the folder/);
 * ```
 */
export async function fileInside(folder: string, name: string, { maxBytes }: { maxBytes: number }): Promise<string> {
  const refuse = (found: string, cause?: unknown): never => {
    const remedy = found === "none" ? "copy the whole folder" : "take it for damaged or made to do harm";
    throw new DataError({ expected: `the file ${name} in its folder`, found, where: folder, remedy, cause });
  };
  if (name === "" || name.includes("\0") || win32.isAbsolute(name) || name.split(/[\\/]/).includes("..")) {
    return refuse("a path out of the folder");
  }
  let path: string, home: string, stat: Deno.FileInfo;
  try {
    [home, path] = await Promise.all([Deno.realPath(folder), Deno.realPath(join(folder, name))]);
    stat = await Deno.stat(join(folder, name)); // where the link leads may not be this thread's to look at
  } catch (cause) {
    const missing = cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
    return refuse(missing ? "none" : (cause as Error).message, cause);
  }
  const below = relative(home, path);
  if (below === ".." || below.startsWith(`..${sep}`) || win32.isAbsolute(below)) {
    return refuse("a link out of the folder");
  }
  if (!stat.isFile) return refuse(stat.isDirectory ? "a folder" : "a device or a pipe");
  if (stat.size > maxBytes) return refuse(`${megabytes(stat.size)} MB, more than ${megabytes(maxBytes)}`);
  return path;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
