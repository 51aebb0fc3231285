import { cutToRecordings, locateRecordings, lonelySubject, stemOf } from "../../datasets/mod.ts";
import type { Manifest, ManifestRow } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import { durationOf } from "../prepare/listen.ts";
import type { ImportedItem } from "./read_predictions.ts";

/** What makes an item of a table the same as another. */
export function itemOf({ recording, start, part }: Pick<ManifestRow, "recording" | "start" | "part">): string {
  return `${part}\n${recording}\n${start}`;
}

/**
 * The items under the names, times and subjects that a run of ours has for them, so that both can be compared item by item.
 * A recording is known by its path or its bare name; of several items in one, `start` says which it is.
 */
export async function namedAsInRun(
  items: readonly ImportedItem[],
  run: Run,
): Promise<{ items: ImportedItem[]; warnings: string[] }> {
  const { predictions } = await run.predictions();
  const byName = Map.groupBy(predictions, ({ recording }) => recording);
  const byStem = Map.groupBy(byName.keys(), stemOf);
  const ownItem = ({ recording, start }: ImportedItem["row"]): Prediction | undefined => {
    const alike = byStem.get(stemOf(recording)) ?? [];
    const own = byName.get(recording) ?? (alike.length === 1 ? byName.get(alike[0])! : []);
    const whole = new Set(own.map((one) => one.start)).size === 1 && start === 0;
    return own.find((one) => whole || Math.abs(one.start - start) < 1e-6);
  };
  let unknown = 0, relabelled = 0;
  const named = items.map((item): ImportedItem => {
    const { row } = item, own = ownItem(row);
    if (own === undefined) {
      if (item.said) unknown++;
      return item;
    }
    if (own.label !== row.label) relabelled++;
    const { recording, start, end } = own, visit = own.visit === undefined ? {} : { visit: own.visit };
    const subject = row.subject === lonelySubject(row.recording) ? own.subject : row.subject;
    const source = row.source === "all" ? own.source : row.source;
    return { ...item, row: { ...visit, ...row, recording, start, end, subject, source } };
  });
  const say = (count: number, what: string) =>
    count > 0 ? [`${count} ${what} ${run.folder}: no comparison counts them.`] : [];
  const warnings = [
    ...say(unknown, "of the judged items are none of"),
    ...say(relabelled, "items have another label than in"),
  ];
  return { items: named, warnings };
}

/** The items under their paths below the folder of the recordings. */
export async function inDataFolder(
  items: readonly ImportedItem[],
  folder: string,
  where: string,
): Promise<ImportedItem[]> {
  const { paths } = await locateRecordings(folder, items.map(({ row }) => row.recording));
  const missing = items.filter(({ row }) => !paths.has(row.recording));
  if (missing.length > 0) {
    const expected = `the recordings of all ${items.length} lines in ${folder}`;
    const found = `none for ${missing.length}, the first ${missing[0].row.recording}`;
    const remedy = "name the folder that the paths begin at, or leave out --data and do without floors";
    throw new DataError({ expected, found, where: `line ${missing[0].line} of ${where}`, remedy });
  }
  return items.map((item) => ({ ...item, row: { ...item.row, recording: paths.get(item.row.recording)! } }));
}

/** The rows as a manifest; what has no end ends with its recording, or at its start where no recording is there. */
export async function importedManifest(
  items: readonly ImportedItem[],
  { measured, ...about }: Pick<Manifest, "classes" | "dataset" | "task" | "folder" | "warnings"> & {
    measured: boolean;
  },
): Promise<Manifest> {
  const distinct = new Map(items.map(({ row }) => [itemOf(row), row]));
  const lengths = new Map<string, number>();
  for (const { recording, end } of distinct.values()) {
    if (!measured || !Number.isNaN(end) || lengths.has(recording)) continue;
    lengths.set(recording, await durationOf(`${about.folder}/${recording}`));
  }
  const endOf = ({ recording, start, end }: ManifestRow) => Number.isNaN(end) ? lengths.get(recording) ?? start : end;
  const rows = [...distinct.values()].map((row) => ({ ...row, end: endOf(row) }));
  const manifest: Manifest = { ...about, rows, events: [], passedOver: [] };
  return measured ? await cutToRecordings(manifest, { durationOf }) : manifest;
}

/** What was said of each row. */
export function predictionsOf(rows: readonly ManifestRow[], items: readonly ImportedItem[]): Prediction[] {
  const known = new Map(rows.map((row) => [itemOf(row), row]));
  return items.flatMap(({ row, said }): Prediction[] => {
    const of = known.get(itemOf(row));
    if (said === undefined || of === undefined) return [];
    const { attributes: _attributes, ...item } = of;
    return [{ ...item, ...said }];
  });
}
