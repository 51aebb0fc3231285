import type { Manifest } from "./manifest.ts";
import { lonelySubject } from "./files/dataset_files.ts";
import { joinSubjects } from "./near_duplicates/near_duplicate_groups.ts";

/**
 * The manifest with one subject for all subjects that a group of near-duplicates connects, so that no split parts them and
 * no interval counts them twice.
 *
 * @param groups Lists of recordings that hold the same sound, as `findNearDuplicates` gives them.
 */
export function joinNearDuplicates(manifest: Manifest, groups: readonly (readonly string[])[]): Manifest {
  const numbered = groups.flatMap((members, i) => members.map((name) => [lonelySubject(name), String(i)] as const));
  const rows = joinSubjects(manifest.rows, new Map(numbered));
  const before = new Set(manifest.rows.map(({ subject, recording }) => subject || recording)).size;
  const after = new Set(rows.map(({ subject, recording }) => subject || recording)).size;
  const warnings = before === after ? [] : [
    `${before} subjects are taken for ${after}: recordings of different subjects hold the same sound ` +
    `(${groups.slice(0, 2).map((members) => members.slice(0, 3).join(" = ")).join("; ")}${
      groups.length > 2 ? "; …" : ""
    })`,
  ];
  return { ...manifest, rows, warnings: [...manifest.warnings ?? [], ...warnings] };
}
