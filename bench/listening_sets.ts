import { join } from "node:path";
import { generateSynthetic, loadDataset, type ManifestRow } from "../lib/datasets/mod.ts";
import { linearModel, type RowFeatures } from "../lib/floors/mod.ts";
import { extractFeatures, labelledWindows } from "../lib/experiment/mod.ts";
import { rowSpectra } from "../lib/experiment/prepare/labelled_windows.ts";
import { inputSchema } from "../lib/features/mod.ts";
import { planFolds } from "../lib/splits/mod.ts";

/** A set on which queues are tried: training parts alone. */
export interface ListeningSet {
  name: string;
  classes: string[];
  rows: ManifestRow[];
  /** Mean and deviation of wide bands over a row. */
  features: RowFeatures;
}

const SETS = [
  { name: "synthetic", task: "murmur-2", input: { preset: "pcg", seconds: 5 } },
  { name: "sprsound", task: "events-2", input: { preset: "respirenet", seconds: 2.56, padding: "circular" } },
  { name: "sprsound", task: "records-5", input: { preset: "respirenet", seconds: 5, hop: 5, padding: "circular" } },
  { name: "cinc2016", task: "normal-abnormal", input: { preset: "pcg", seconds: 5, hop: 5 } },
];

/** The made-up hearts, and those of the published sets that are there. */
export async function listeningSets(datasets: string): Promise<ListeningSet[]> {
  const sets: ListeningSet[] = [];
  for (const { name, task, input } of SETS) {
    const folder = name === "synthetic" ? join("results", "bench", "synthetic") : join(datasets, name);
    if (name === "synthetic") await generateSynthetic(folder, { kind: "heart", subjects: 150, unusable: 0 });
    else if (!await Deno.stat(folder).then(() => true, () => false)) continue;
    const manifest = await loadDataset(name, { folder, task });
    const store = await extractFeatures(manifest, inputSchema.parse(input), { cacheFolder: join("data", ".features") });
    const windows = labelledWindows(store, manifest);
    const { meanAndDeviation, known } = rowSpectra(windows, manifest.rows.length);
    store.close();
    const readable = [...known.keys()].filter((row) => known[row] === 1);
    const features = coarse(meanAndDeviation, readable);
    const { classes } = manifest, title = classes.length > 2 ? `${name}, ${classes.length} classes` : name;
    sets.push({ name: title, classes, rows: readable.map((row) => manifest.rows[row]), features });
  }
  return sets;
}

/** Bands are joined to so many. */
const BANDS = 16;

/** Mean and deviation of a few wide bands, of some rows: a linear model of them learns in a second. */
function coarse({ values, width }: RowFeatures, rows: readonly number[]): RowFeatures {
  const bands = width / 2, each = bands / BANDS;
  const joined = rows.flatMap((row) =>
    Array.from({ length: 2 * BANDS }, (_, f) => {
      const start = row * width + Math.floor(f / BANDS) * bands + Math.round(f % BANDS * each);
      const end = row * width + Math.floor(f / BANDS) * bands + Math.round((f % BANDS + 1) * each);
      let sum = 0;
      for (let at = start; at < end; at++) sum += values[at];
      return sum / (end - start);
    })
  );
  return { values: joined, width: 2 * BANDS };
}

/** Subject folds by labels as they are known, and what linear models say of the rows that they haven't learned: `[rows][classes]`. */
export function crossFit(set: ListeningSet, labels: readonly string[], { seed }: { seed: number }): number[][] {
  const rows = set.rows.map((row, i) => ({ ...row, label: labels[i] }));
  const said: number[][] = [];
  for (const { train, validation, test } of planFolds(rows, { kind: "grouped-folds", folds: 5 }, { seed })) {
    const fold = { fold: 0, seed, validation, test, shared: [], train: Int32Array.from([...train, ...validation]) };
    const answers = linearModel(set.features, { rows, fold, classes: set.classes })(test);
    test.forEach((row, i) => said[row] = [...answers.subarray(i * set.classes.length, (i + 1) * set.classes.length)]);
  }
  return said;
}

/** Mean share of each class that is named right, by labels that are right. */
export function balancedAccuracy(
  said: readonly (readonly number[])[],
  truth: readonly string[],
  classes: readonly string[],
): number {
  const right = Map.groupBy(truth.keys(), (i) => truth[i]);
  const shares = [...right].map(([label, members]) =>
    members.filter((i) => classes[said[i].indexOf(Math.max(...said[i]))] === label).length / members.length
  );
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
