import { isAbsolute, normalize } from "node:path";
import { DataError } from "../../errors/mod.ts";

/**
 * The name of an archive's entry as a path below the folder that it is unpacked to.
 *
 * @throws {DataError} for a name that leads out of the folder ("zip slip").
 */
export function safePath(name: string, archive: string): string {
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
