import type { Manifest, ManifestRow } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { unitKey } from "../../splits/mod.ts";

/** The recordings, or subjects (of several visits: each visit), whose rows carry several labels, with these, and the count of all. */
export function mixedUnits(
  rows: readonly Pick<ManifestRow, "recording" | "subject" | "visit" | "label">[],
  unit: "recording" | "subject",
): { mixed: Map<string, string[]>; of: number } {
  const units = Map.groupBy(rows, (row) => unitKey(row, unit));
  const labels = Array.from(
    units,
    ([name, own]): [string, string[]] => [name, [...new Set(own.map((row) => row.label))]],
  );
  return { mixed: new Map(labels.filter(([, { length }]) => length > 1)), of: units.size };
}

/** Share of the units that may carry several labels before the unit is no unit of this task. */
const MIXED = 0.1;

/**
 * The manifest without the recordings, or subjects (of several visits: without each visit), whose rows carry several labels: one answer for such a unit can't be
 * judged, and whose label is right isn't known. Two patients of whom one sound is filed under both names are such a subject.
 *
 * @param unit What the experiment answers for; every row stays where that is the item.
 * @param options `most`: share of the units that may be like that. @default {0.1}
 * @throws {DataError} where more of them are.
 */
export function leaveOutMixed(
  manifest: Manifest,
  unit: "item" | "recording" | "subject",
  { most = MIXED }: { most?: number } = {},
): Manifest {
  if (unit === "item") return manifest;
  const nameOf = (row: ManifestRow) => unitKey(row, unit);
  const { mixed, of } = mixedUnits(manifest.rows, unit);
  if (mixed.size === 0) return manifest;
  const [[first, labels]] = mixed;
  if (mixed.size > most * of) {
    const expected = `one label a ${unit}, since evaluation.unit is "${unit}"`;
    const found = `several labels for ${mixed.size} of ${of}, such as ${first} (${labels.join(", ")})`;
    const remedy = 'choose evaluation.unit "item" or another task' +
      (unit === "subject" ? ", or tell examinations that may differ apart by a column visit" : "");
    throw new DataError({ expected, found, where: manifest.folder, remedy });
  }
  const gone = new Set(manifest.rows.filter((row) => mixed.has(nameOf(row))).map(({ recording }) => recording));
  const reason = (recording: string) => {
    const row = manifest.rows.find((row) => row.recording === recording && mixed.has(nameOf(row)))!;
    return `the ${unit} ${nameOf(row)} has several labels (${mixed.get(nameOf(row))!.join(", ")})`;
  };
  return {
    ...manifest,
    rows: manifest.rows.filter((row) => !mixed.has(nameOf(row))),
    passedOver: [...manifest.passedOver, ...[...gone].map((path) => ({ path, reason: reason(path) }))],
    warnings: [
      ...manifest.warnings ?? [],
      `${mixed.size} of ${of} ${unit}s ${mixed.size === 1 ? "is" : "are"} left out, with several labels each: ` +
      `${[...mixed].slice(0, 3).map(([name, labels]) => `${name} (${labels.join(", ")})`).join("; ")}.`,
    ],
  };
}
