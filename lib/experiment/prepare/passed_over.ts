import type { Manifest } from "../../datasets/mod.ts";

/** A sentence on the files and lines of a dataset that were not taken, none where all were. */
export function passedOver({ passedOver: files }: Pick<Manifest, "passedOver">): string[] {
  if (files.length === 0) return [];
  const [{ path, reason }] = files;
  const which = files.length === 1 ? "A file or line was" : `${files.length} files or lines were`;
  return [`${which} passed over${files.length === 1 ? ":" : ", such as"} ${path}: ${reason}.`];
}
