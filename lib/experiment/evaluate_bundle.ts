import { loadDataset, type Manifest } from "../datasets/mod.ts";
import { checked, UsageError } from "../errors/mod.ts";
import { decisionRule, evaluatePredictions, type Metrics, type Prediction, type RuleOf } from "../evaluation/mod.ts";
import {
  type Bundle,
  type BundleNetwork,
  formatPredictions,
  type OpenBundle,
  openBundle,
  type Run,
  runConfig,
  runIn,
} from "../runs/mod.ts";
import { decidePredictions } from "./decide_predictions.ts";
import { experimentSchema } from "./experiment_schema.ts";
import { extractFeatures } from "./extract_features.ts";
import { type FinishedFold, readFolds } from "./finish_fold.ts";
import { fitRule, unitRule } from "./fit_rules.ts";
import { meanPredictions } from "./join_folds.ts";
import { labelledWindows } from "./labelled_windows.ts";
import { passedOver } from "./passed_over.ts";
import { juries, type Jury, type SeenPolicy, seenSubjects } from "./seen_subjects.ts";
import { predictWindows } from "./train_fold.ts";

/** What is judged, and where the result goes. */
export interface EvaluateBundleOptions {
  /** Folder of the dataset. */
  data: string;
  /** Name in the catalogue. @default {the dataset that the run was trained on} */
  dataset?: string;
  /** An official part, e.g. `"inter"`. @default {what the loader takes by itself} */
  part?: string;
  /** @default {"<run>/evaluations/<dataset>-<part>"} */
  out?: string;
  /** What becomes of subjects that every network has been trained on. @default {"refuse"} */
  seen?: SeenPolicy;
  cacheFolder?: string;
  seed?: number;
  threads?: number;
  signal?: AbortSignal;
}

/**
 * Judges the networks of a finished run on other recordings; nothing is fitted to them. Who is a stranger to all networks is
 * judged by the mean of their calibrated probabilities, under the rule that was fitted on out-of-fold predictions. Who is in
 * the run's own data is judged only by the networks that haven't seen him, under the rule of their validation parts.
 * Writes `predictions.csv` and `metrics.json`.
 *
 * @throws {UsageError} where the dataset has no such task, or other classes.
 * @throws {LeakError} where every network was trained on a subject, unless `seen` says what to do.
 */
export async function evaluateBundle(run: Run, options: EvaluateBundleOptions): Promise<Run> {
  const { threads = navigator.hardwareConcurrency, seed = 0, seen = "refuse" } = options;
  const { experiment: description } = await run.readJson("config.json", runConfig);
  const { scores, resamples, decision: aim, aggregation } = checked(
    experimentSchema.shape.evaluation,
    description.evaluation,
    { expected: "an experiment of this version of Auscult", where: run.path("config.json") },
  );
  const { bundle, networks, warnings: unsealed } = await openBundle(run.path("model"), { threads });
  try {
    const manifest = await loadFor(bundle, options);
    const folds = await readFolds(run, bundle.members.length);
    const known = await seenSubjects(run, folds, manifest, options);
    const { seated, leaks, warnings } = juries(manifest, known, seen);
    const judged = await judge(seated, { ...options, bundle, networks, manifest, seed });

    // The rules come from what the members of a jury said of rows that they hadn't learned.
    const { classes } = bundle;
    const rules = seated.map(({ members }) => {
      const all = members.length === folds.length;
      const unseen = unseenBy(members, folds);
      const rule = all ? decisionRule.parse(bundle.decision) : fitRule(unseen, { classes, aim, aggregation });
      return { rule, unit: unitRule(decidePredictions(unseen, rule, classes), { classes, aim, aggregation }) };
    });
    const ruleOf: RuleOf = (unit, { fold }) => rules[fold].unit(unit);
    const predictions = seated.flatMap((_, jury) => decidePredictions(judged[jury], rules[jury].rule, classes));

    const parts = Map.groupBy(predictions, ({ part }) => part);
    const name = `${manifest.dataset}-${[...parts.keys()].join("+")}`;
    const out = runIn(options.out ?? run.path("evaluations", name));
    const metrics: Metrics = { version: 1, classes, parts: {}, leaks, warnings };
    for (const [part, own] of parts) {
      metrics.parts[part] = evaluatePredictions(own, { classes, scores: [...scores], seed, resamples, ruleOf });
    }
    metrics.warnings.push(...unsealed, ...passedOver(manifest));
    const unread = manifest.rows.length - predictions.length;
    if (unread > 0) metrics.warnings.push(`${unread} of ${manifest.rows.length} items could not be judged.`);
    await out.write("predictions.csv", formatPredictions(predictions, classes));
    await out.writeJson("metrics.json", metrics);
    return out;
  } finally {
    for (const network of networks) await network.dispose();
  }
}

/** What networks say, window by window, of rows that they weren't trained on: all of it for strangers, else their validation parts alone. */
function unseenBy(members: readonly number[], folds: readonly FinishedFold[]): Prediction[] {
  const all = members.length === folds.length;
  return members.flatMap((member) => folds[member].predictions.filter(({ part }) => all || part === "validation"));
}

/** The dataset under the bundle's task and classes; the user's own data have one task, and may lack classes. */
async function loadFor(bundle: Bundle, { data, dataset, part }: EvaluateBundleOptions): Promise<Manifest> {
  const name = dataset ?? bundle.dataset;
  const task = name === "csv" || name === "folders" ? "labels" : bundle.task;
  const manifest = await loadDataset(name, { folder: data, task, parts: part === undefined ? undefined : [part] });
  const labels = [...new Set(manifest.rows.map(({ label }) => label))].sort();
  const own = task === "labels" ? labels : manifest.classes;
  const unknown = own.filter((label) => !bundle.classes.includes(label));
  if (unknown.length === 0) return { ...manifest, classes: bundle.classes };
  throw new UsageError({
    expected: `the classes ${bundle.classes.join(", ")}`,
    found: unknown.join(", "),
    where: data,
    remedy: "judge the run on a dataset with the same classes",
  });
}

/** What each jury says of its rows' windows, the mean of its members; `fold` is the number of the jury. */
async function judge(
  seated: readonly Jury[],
  options: EvaluateBundleOptions & Omit<OpenBundle, "warnings"> & { manifest: Manifest; seed: number },
): Promise<Prediction[][]> {
  const { bundle, networks, manifest, seed, signal } = options;
  const store = await extractFeatures(manifest, bundle.input, options);
  try {
    const windows = labelledWindows(store, manifest);
    const say = async ({ statistics, predict }: BundleNetwork, jury: number) => {
      const context = { manifest, windows, session: { predict }, statistics, indices: seated[jury].rows, signal };
      const own = await predictWindows("", { fold: jury, seed }, context);
      if (own === undefined) throw new DOMException("stopped", "AbortError");
      return own;
    };
    const partOf = new Map(manifest.rows.map((row) => [`${row.recording}\n${row.start}`, row.part]));
    const judged: Prediction[][] = [];
    for (const [jury, { members }] of seated.entries()) {
      const each: Prediction[][] = [];
      for (const member of members) each.push(await say(networks[member], jury));
      judged.push(
        meanPredictions(each).map((one) => ({ ...one, part: partOf.get(`${one.recording}\n${one.start}`)! })),
      );
    }
    return judged;
  } finally {
    store.close();
  }
}
