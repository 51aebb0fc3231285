import { loadDataset, type Manifest } from "../datasets/mod.ts";
import { UsageError } from "../errors/mod.ts";
import { decisionRule, evaluatePredictions, type Metrics, type Prediction } from "../evaluation/mod.ts";
import { type Bundle, formatPredictions, openBundle, type Run, runIn } from "../runs/mod.ts";
import { decidePredictions } from "./decide_predictions.ts";
import { extractFeatures } from "./extract_features.ts";
import { labelledWindows } from "./labelled_windows.ts";
import { predictItems } from "./train_fold.ts";

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
  cacheFolder?: string;
  /** Official scores beside the general ones. */
  scores: readonly string[];
  seed?: number;
  threads?: number;
  signal?: AbortSignal;
}

/**
 * Judges the networks of a finished run on other recordings: their probabilities are averaged and go through the run's
 * decision rule; nothing is fitted. Writes `predictions.csv` and `metrics.json`.
 *
 * @throws {UsageError} where the dataset has no such task, or other classes.
 */
export async function evaluateBundle(run: Run, options: EvaluateBundleOptions): Promise<Run> {
  const { threads = navigator.hardwareConcurrency, signal, seed = 0 } = options;
  const { bundle, networks } = await openBundle(run.path("model"), { threads });
  const name = options.dataset ?? bundle.dataset;
  const parts = options.part === undefined ? undefined : [options.part];
  const manifest = await loadDataset(name, { folder: options.data, task: bundle.task, parts });
  refuseOtherClasses(bundle, manifest);
  const store = await extractFeatures(manifest, bundle.input, options);
  try {
    const windows = labelledWindows(store, manifest);
    const part = options.part ?? manifest.rows[0].part;
    const indices = Int32Array.from(manifest.rows.keys());
    const each: Prediction[][] = [];
    for (const { statistics, predict } of networks) {
      const session = { predict };
      const own = await predictItems(part, { fold: 0, seed }, {
        manifest,
        windows,
        session,
        statistics,
        indices,
        signal,
      });
      if (own === undefined) throw new DOMException("stopped", "AbortError");
      each.push(own);
    }
    const rule = decisionRule.parse(bundle.decision);
    const predictions = decidePredictions(averaged(each), rule, bundle.classes);
    const out = runIn(options.out ?? run.path("evaluations", `${name}-${part}`));
    const metrics: Metrics = {
      version: 1,
      classes: bundle.classes,
      parts: { [part]: evaluatePredictions(predictions, { ...bundle, scores: options.scores, seed }) },
      warnings: await sharedSubjects(run, predictions, name === bundle.dataset),
    };
    await out.write("predictions.csv", formatPredictions(predictions, bundle.classes));
    await out.writeJson("metrics.json", metrics);
    return out;
  } finally {
    store.close();
    for (const network of networks) await network.dispose();
  }
}

function refuseOtherClasses(bundle: Bundle, manifest: Manifest): void {
  if (bundle.classes.join("\n") === manifest.classes.join("\n")) return;
  throw new UsageError({
    expected: `the classes ${bundle.classes.join(", ")}`,
    found: manifest.classes.join(", "),
    where: `the task ${bundle.task} of ${manifest.dataset}`,
    remedy: "judge the run on a dataset with the same classes",
  });
}

/** The mean of what several networks say of the same items. */
function averaged(each: readonly Prediction[][]): Prediction[] {
  return each[0].map((one, i) => ({
    ...one,
    probabilities: one.probabilities.map((_, c) =>
      each.reduce((sum, own) => sum + own[i].probabilities[c], 0) / each.length
    ),
  }));
}

/** A sentence where subjects of the judged data were also trained on. */
async function sharedSubjects(run: Run, predictions: readonly Prediction[], sameDataset: boolean): Promise<string[]> {
  if (!sameDataset || !await run.has("splits.json")) return [];
  const { folds } = JSON.parse(await run.readText("splits.json")) as { folds: { train: string[] }[] };
  const trained = new Set(folds.flatMap(({ train }) => train));
  const subjects = [...new Set(predictions.map(({ subject }) => subject))];
  const shared = subjects.filter((subject) => trained.has(subject));
  if (shared.length === 0) return [];
  return [
    `${shared.length} of the ${subjects.length} subjects judged here were also trained on (${
      shared.slice(0, 3).join(", ")
    }${shared.length > 3 ? ", …" : ""}): the scores tell nothing of new subjects.`,
  ];
}
