import { datasetRights, type Manifest, type ManifestRow } from "../../datasets/mod.ts";
import type { FeatureStore } from "../../features/mod.ts";
import type { RecordingGroups, Run, RunData } from "../../runs/mod.ts";
import { foldsToJson, subjectKey, unitKey } from "../../splits/mod.ts";
import { dataTitle, type Experiment } from "../describe/experiment_schema.ts";
import type { Way } from "../run_experiment.ts";
import { describeEnvironment } from "../train/describe_environment.ts";
import { describeLabels } from "./heard_labels.ts";
import type { PreparedData } from "./prepare_data.ts";

export interface DescribeDataOptions
  extends Pick<RunData, "title" | "licence" | "citation" | "fingerprint" | "leakCheck"> {
  /** Manifest rows of each part. */
  parts: Readonly<Record<string, Iterable<number>>>;
  /** Its windows: an item without one is neither learned nor judged. */
  store: Pick<FeatureStore, "windows" | "passedOver">;
}

/** `data.json`: how much there is of each class, source and part. */
export function describeData(manifest: Manifest, options: DescribeDataOptions): RunData {
  const { classes, dataset, task } = manifest;
  const { title, licence, citation, fingerprint, leakCheck, parts, store } = options;
  const used = new Set(Array.from(store.windows, ({ item }) => item));
  const rows = manifest.rows.filter((_, row) => used.has(row));
  const rowsOf = (indices: Iterable<number>) => Array.from(indices, (row) => manifest.rows[row]);
  const sources = [...new Set(rows.map((row) => row.source))].toSorted();
  const unreadable = store.passedOver.map(({ item, reason }) => {
    const { recording, start, end } = manifest.rows[item];
    return { path: `${recording} (${start}-${end} s)`, reason };
  });
  return {
    version: 1,
    ...{ dataset, task, title, fingerprint, licence, citation, classes },
    total: amount(rows),
    byClass: classes.map((label) => ({ label, ...amount(rows.filter((row) => row.label === label)) })),
    bySource: sources.map((source) => {
      const inside = rows.filter((row) => row.source === source);
      return { source, ...amount(inside), byClass: countByClass(inside, classes) };
    }),
    byPart: Object.entries(parts).map(([part, indices]) => {
      const inside = rowsOf([...indices].filter((row) => used.has(row)));
      return { part, ...amount(inside), byClass: countByClass(inside, classes) };
    }),
    byGroup: byGroup(rows, Object.entries(parts).map(([part, of]) => [part, new Set(rowsOf(of))]), classes),
    passedOver: [...manifest.passedOver, ...unreadable],
    leakCheck,
  };
}

function byGroup(
  rows: readonly ManifestRow[],
  parts: readonly [string, ReadonlySet<ManifestRow>][],
  classes: readonly string[],
): RunData["byGroup"] {
  return Object.entries(recordingGroups(rows)).flatMap(([attribute, groups]) =>
    [...new Set(groups.values())].toSorted().map((group) => {
      const inside = rows.filter(({ recording }) => groups.get(recording) === group);
      const subjects = (rows: readonly ManifestRow[]) => new Set(rows.map(({ subject }) => subject)).size;
      return {
        ...{ attribute, group, ...amount(inside) },
        subjectsByPart: Object.fromEntries(
          parts.map(([part, members]) => [part, subjects(inside.filter((row) => members.has(row)))]),
        ),
        subjectsByClass: Object.fromEntries(
          classes.map((label) => [label, subjects(inside.filter((row) => row.label === label))]),
        ),
      };
    })
  );
}

function amount(rows: readonly ManifestRow[]) {
  return {
    subjects: new Set(rows.map((row) => row.subject)).size,
    recordings: new Set(rows.map((row) => row.recording)).size,
    items: rows.length,
    seconds: rows.reduce((sum, row) => sum + row.end - row.start, 0),
  };
}

function countByClass(rows: readonly ManifestRow[], classes: readonly string[]): Record<string, number> {
  return Object.fromEntries(classes.map((label) => [label, rows.filter((row) => row.label === label).length]));
}

/** Attributes by which a model is compared between patients and recordings. */
const ATTRIBUTES = ["age", "sex", "site", "device"] as const;

/** Upper ends of the bands of age, years. */
const BANDS: [number, string][] = [
  [1, "below 1 year"],
  [3, "1 to 2 years"],
  [6, "3 to 5 years"],
  [12, "6 to 11 years"],
  [18, "12 to 17 years"],
  [40, "18 to 39 years"],
  [65, "40 to 64 years"],
  [Infinity, "65 years and above"],
];

/**
 * The groups that each recording belongs to, as far as its dataset says. Ages become bands, so that the run folder, which
 * is passed on, says no more of a patient than is compared.
 */
export function recordingGroups(rows: readonly ManifestRow[]): RecordingGroups {
  const groups: RecordingGroups = {};
  for (const attribute of ATTRIBUTES) {
    const known = new Map<string, string>();
    for (const { recording, attributes } of rows) {
      const value = attributes[attribute];
      if (value !== undefined && value !== "" && !known.has(recording)) known.set(recording, groupOf(attribute, value));
    }
    if (new Set(known.values()).size > 1) groups[attribute] = known;
  }
  return groups;
}

function groupOf(attribute: string, value: string | number): string {
  if (attribute !== "age" || typeof value === "string") return String(value);
  return BANDS.find(([end]) => value < end)![1];
}

/** A sentence on subjects with several visits, none where nobody has. */
export function visitWords(rows: readonly ManifestRow[]): string[] {
  const visits = Map.groupBy(new Map(rows.map((row) => [unitKey(row, "subject"), row])).values(), subjectKey);
  const several = [...visits.values()].filter(({ length }) => length > 1);
  if (several.length === 0) return [];
  const units = [...visits.values()].flat().length;
  return [
    `${several.length} of ${visits.size} subjects ${several.length === 1 ? "has" : "have"} several visits: ` +
    `these stay on one side, and scores by subject judge each visit by itself (${units} in all).`,
  ];
}

/** A sentence on the files and lines of a dataset that were not taken, none where all were. */
export function passedOver({ passedOver: files }: Pick<Manifest, "passedOver">): string[] {
  if (files.length === 0) return [];
  const [{ path, reason }] = files;
  const which = files.length === 1 ? "A file or line was" : `${files.length} files or lines were`;
  return [`${which} passed over${files.length === 1 ? ":" : ", such as"} ${path}: ${reason}.`];
}

/** Writes what is known of a run before it trains: data, splits, sounds, machine, and what the leak check found. */
export async function describeRun(
  run: Run,
  prepared: PreparedData,
  { experiment, store, data }: { experiment: Experiment; store: Way["store"]; data: string },
): Promise<void> {
  const { manifest, folds, duplicates, hashes, leaks, beginning } = prepared;
  const { licence, citation } = datasetRights(experiment.dataset);
  const splits = folds.length === 1 ? "the split" : `any of the ${folds.length} splits`;
  const leakCheck = leaks.length > 0 ? [...leaks] : [
    `No subject stands on two sides of ${splits} (checked before each training).`,
    duplicates.length === 0
      ? "No two recordings hold the same sound, exactly or nearly (normalised cross-correlation of .95 at 1 kHz)."
      : `Recordings with the same sound, exactly or nearly, stay on one side: ${listed(duplicates)}.`,
  ];
  leakCheck.push(...visitWords(manifest.rows));
  if (beginning) {
    leakCheck.push(...beginning.leakCheck);
    await run.save("beginning", beginning.about);
  }
  const [{ train, validation, test }] = folds;
  const environment = await describeEnvironment(manifest);
  const labels = await describeLabels(manifest, experiment.dataset.labels);
  if (labels) await run.save("labels", labels.heard);
  await run.save("splits", { version: 1, folds: foldsToJson(manifest.rows, folds) });
  await run.save(
    "data",
    {
      ...describeData(manifest, {
        ...{ title: dataTitle(experiment.dataset, data), fingerprint: environment.dataset.fingerprint },
        ...{ licence, citation, leakCheck, store, parts: { train, validation, test } },
      }),
      ...labels ? { labels: labels.summary } : {},
    },
  );
  // Of each recording with sound, by which it is known under another name.
  const subjects = new Map(manifest.rows.map(({ recording, subject }) => [recording, subject]));
  const sounds = [...subjects].map(([recording, subject]) => ({ recording, subject, sound: hashes.get(recording)! }));
  await run.save("sounds", sounds.filter(({ sound }) => sound !== undefined));
  await run.save("environment", environment);
}

/** Groups that a sentence names. */
const NAMED = 5;

function listed(groups: readonly (readonly string[])[]): string {
  const first = groups.slice(0, NAMED).map((group) => group.join(" = ")).join("; ");
  return groups.length > NAMED ? `${first}; and ${groups.length - NAMED} more groups` : first;
}
