import { DataError } from "../../errors/mod.ts";
import { isMissing } from "../files/cells.ts";
import { alikeSpellings, joinSpellings, partName } from "../files/spellings.ts";
import type { ManifestLine, OpenedTable } from "../files/manifest_csv.ts";
import { joinGroups, underSubject } from "../near_duplicates/near_duplicate_groups.ts";
import type { ManifestRow } from "../manifest.ts";

/**
 * The rows of a table with one spelling for each subject, class, part and source, subjects that share a recording as one, and
 * equal lines once. Whatever was joined is said.
 *
 * @throws {DataError} where a segment has two labels.
 */
export function cleanRows(
  lines: readonly ManifestLine[],
  table: OpenedTable,
): { rows: ManifestRow[]; warnings: string[] } {
  const warnings = [...unknownSubjects(lines, table)];
  let rows = lines.map(({ row, line }) => ({ ...row, part: partName(row.part), line }));
  for (const key of ["subject", "label", "part", "source"] as const) {
    const { of, joined } = joinSpellings(rows.map((row) => row[key]));
    rows = rows.map((row) => ({ ...row, [key]: of(row[key]) }));
    if (joined.length > 0) warnings.push(spelledApart(PLURAL[key], joined));
    warnings.push(...mayBeOne(PLURAL[key], rows.map((row) => row[key])));
  }
  for (const name of GROUPED) {
    const { of, joined } = joinSpellings(rows.flatMap(({ attributes: { [name]: value } }) => value ?? []).map(String));
    if (joined.length === 0) continue;
    warnings.push(spelledApart(`values of ${name}`, joined));
    rows = rows.map((row) => {
      const { [name]: value } = row.attributes;
      return typeof value === "string" ? { ...row, attributes: { ...row.attributes, [name]: of(value) } } : row;
    });
  }
  const shared = sharedRecordings(rows);
  rows = rows.map((row) => underSubject(row, shared.of(row.subject)));
  const once = firstOfEqual(rows, table.name);
  return {
    rows: once.rows.map(({ line: _line, ...row }) => row),
    warnings: [...warnings, ...shared.warnings, ...once.warnings, ...severalParts(rows)],
  };
}

type NumberedRow = ManifestRow & { line: number };

function unknownSubjects(lines: readonly ManifestLine[], { name, of: { subject } }: OpenedTable): string[] {
  if (lines.length === 0) return [];
  const own = "each counts as a person of its own, so that one person can be on two sides of a split";
  if (subject === undefined) return [`no subject is known (${name} has no column "subject"): ${own}`];
  const unknown = lines.filter(({ cells }) => isMissing(cells[subject], { none: true })).length;
  return unknown === 0 ? [] : [`the subject of ${unknown} of ${lines.length} lines is missing: ${own}`];
}

const PLURAL = { subject: "subjects", label: "classes", part: "parts", source: "sources" };

const GROUPED = ["sex", "site", "device", "position"]; // attributes whose values are groups of patients

function mayBeOne(what: string, names: readonly string[]): string[] {
  const alike = alikeSpellings(names);
  if (alike.length === 0) return [];
  return [`${what} that may be one and are taken apart, so give them one spelling if they are: ${listed(alike)}`];
}

/** That spellings were joined, in a sentence. */
export function spelledApart(what: string, joined: readonly string[][]): string {
  return `${what} that differ only by case, blanks, accents or ".0" are taken for one: ${listed(joined)}`;
}

function listed(groups: readonly string[][]): string {
  const shown = groups.slice(0, 3).map((names) => names.map((name) => JSON.stringify(name)).join(" = "));
  return [...shown, ...groups.length > 3 ? [`and ${groups.length - 3} more`] : []].join("; ");
}

/** One name for subjects who have a recording in common: nobody knows whose it is. */
function sharedRecordings(rows: readonly ManifestRow[]): { of(subject: string): string; warnings: string[] } {
  const shared = [...Map.groupBy(rows, ({ recording }) => recording)].flatMap(([recording, own]) => {
    const subjects = [...new Set(own.map(({ subject }) => subject))];
    return subjects.length > 1 ? [{ recording, subjects }] : [];
  });
  const pairs = shared.flatMap(({ subjects: [first, ...others] }) => others.map((other) => [first, other] as const));
  const what = "recordings under several subjects, who are taken for one person";
  const warnings = shared.slice(0, 1).map(({ recording, subjects }) =>
    `${what}: ${shared.length} (${recording}: ${subjects.join(", ")})`
  );
  return { of: joinGroups(pairs), warnings };
}

/** Rows of one segment, label and part are one item, however often they are written. */
function firstOfEqual(rows: readonly NumberedRow[], name: string): { rows: NumberedRow[]; warnings: string[] } {
  const first = new Map<string, NumberedRow>(), labels = new Map<string, NumberedRow>();
  const again: [NumberedRow, NumberedRow][] = [];
  for (const row of rows) {
    const segment = JSON.stringify([row.recording, row.start, row.end]);
    const other = labels.get(segment) ?? row;
    if (other.label !== row.label) throw twoLabels(other, row, name);
    labels.set(segment, other);
    const known = first.get(segment + row.part);
    if (known === undefined) first.set(segment + row.part, row);
    else again.push([known, row]);
  }
  const what = `lines that say again what another says count once: ${again.length}`;
  const warnings = again.slice(0, 1).map(([one, other]) =>
    `${what} (line ${other.line} is the same as line ${one.line}, ${one.recording})`
  );
  return { rows: [...first.values()], warnings };
}

function twoLabels(a: NumberedRow, b: NumberedRow, where: string): DataError {
  const expected = `one label for ${a.recording} from ${a.start} to ${a.end} s`;
  const found = `"${a.label}" in line ${a.line} and "${b.label}" in line ${b.line}`;
  return new DataError({ expected, found, where, remedy: "keep the right one" });
}

/** What is trained on where the table has parts; silence would look as if all were used. */
function severalParts(rows: readonly ManifestRow[]): string[] {
  const counts = [...Map.groupBy(rows, ({ part }) => part)].map(([part, own]) => `${part} (${own.length} rows)`);
  if (counts.length < 2) return [];
  const used = rows.some(({ part }) => part === "train")
    ? "the part train is used unless another is asked for"
    : "none is called train, so that all are used unless one is asked for";
  return [`the table has the parts ${counts.sort().join(", ")}: ${used}`];
}
