import { parseCsv } from "../../files/mod.ts";
import { type DatasetFiles, lonelySubject, readText } from "../files/dataset_files.ts";
import { underSubject } from "../files/under_subject.ts";
import { joinGroups } from "./join_groups.ts";
import type { ManifestRow } from "../manifest.ts";

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
