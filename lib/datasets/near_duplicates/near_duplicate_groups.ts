import { parseCsv } from "../../files/mod.ts";
import { type DatasetFiles, lonelySubject, readText } from "../files/dataset_files.ts";
import type { Manifest, ManifestRow } from "../manifest.ts";
import { unionFind } from "../../statistics/mod.ts";

/** Where a scan writes what it found, in the dataset's folder: columns `recording,group`. */
export const NEAR_DUPLICATES = "near_duplicates.csv";

/**
 * The group of each recording that has near-duplicates, by its path without extension; none without a scan.
 *
 * @param path The file of the groups. @default {NEAR_DUPLICATES in the dataset's folder, where it is there}
 */
export async function nearDuplicateGroups(
  files: DatasetFiles,
  path?: string,
): Promise<{ groups: Map<string, string>; warnings: string[] }> {
  if (path === undefined && !files.paths.includes(NEAR_DUPLICATES)) return { groups: new Map(), warnings: [] };
  const where = path ?? `${files.folder}/${NEAR_DUPLICATES}`;
  const rows = parseCsv(await readText(where), where, { marked: true, columns: ["recording", "group"] });
  const groups = new Map(rows.map(({ recording, group }) => [lonelySubject(recording), group]));
  const count = new Set(groups.values()).size;
  const warnings = count === 0 ? [] : [
    `${groups.size} recordings have near-duplicates (${where}): the subjects in each of ${count} groups count as one`,
  ];
  return { groups, warnings };
}

/** The rows with one subject for all subjects that a group of near-duplicates connects. */
export function joinSubjects(rows: readonly ManifestRow[], groups: ReadonlyMap<string, string>): ManifestRow[] {
  if (groups.size === 0) return [...rows];
  const nameOf = ({ subject, recording }: ManifestRow) => `subject ${subject || lonelySubject(recording)}`;
  const pairs = rows.flatMap((row): [string, string][] => {
    const group = groups.get(lonelySubject(row.recording));
    return group === undefined ? [] : [[nameOf(row), `~group ${group}`]];
  });
  const joined = joinGroups(pairs);
  return rows.map((row) => underSubject(row, joined(nameOf(row)).replace(/^subject /, "")));
}

/**
 * Groups from pairs that belong together: the first name in order of each name's group, `"3"` for `"7"` where the pairs join
 * 3, 5 and 7; a name that no pair holds is its own group.
 */
export function joinGroups(pairs: Iterable<readonly [string, string]>): (name: string) => string {
  const joined = [...pairs], names = [...new Set(joined.flat())].sort();
  const places = new Map(names.map((name, place) => [name, place]));
  const first = unionFind(names.length, joined.map(([a, b]) => [places.get(a)!, places.get(b)!] as const));
  return (name) => names[first[places.get(name)!]] ?? name;
}

/** The row under the one name of several subjects who are joined; what was a visit of one of them is none of another. */
export function underSubject<Row extends Pick<ManifestRow, "subject" | "visit">>(row: Row, subject: string): Row {
  return row.visit === undefined || row.subject === subject
    ? { ...row, subject }
    : { ...row, subject, visit: `${row.subject}/${row.visit}` };
}

/**
 * The manifest with one subject for all subjects that a group of near-duplicates connects, so that no split parts them and
 * no interval counts them twice.
 *
 * @param groups Lists of recordings that hold the same sound, as `findNearDuplicates` gives them.
 */
export function joinNearDuplicates(manifest: Manifest, groups: readonly (readonly string[])[]): Manifest {
  const numbered = groups.flatMap((members, i) => members.map((name) => [lonelySubject(name), String(i)] as const));
  const rows = joinSubjects(manifest.rows, new Map(numbered));
  const [before, after] = [manifest.rows, rows].map((some) =>
    new Set(some.map(({ subject, recording }) => subject || recording)).size
  );
  const same = groups.slice(0, 2).map((members) => members.slice(0, 3).join(" = ")).join("; ");
  const why = `recordings of different subjects hold the same sound (${same}${groups.length > 2 ? "; …" : ""})`;
  const warnings = before === after ? [] : [`${before} subjects are taken for ${after}: ${why}`];
  return { ...manifest, rows, warnings: [...manifest.warnings ?? [], ...warnings] };
}
