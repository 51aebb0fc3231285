import { type AskedDataset, type ColumnNames, datasetInfo, datasetRights, type Manifest } from "../../datasets/mod.ts";
import { decisionRule, type RuleOf } from "../../decision/mod.ts";
import { UsageError } from "../../errors/mod.ts";
import { type EvaluateOptions, evaluatePredictions, groupScores } from "../../evaluation/mod.ts";
import type { Average } from "../../features/mod.ts";
import { leakageWarnings } from "../../floors/mod.ts";
import { farMetadata, unknownMetadata } from "../../metadata/mod.ts";
import { bodySound } from "../../rejection/mod.ts";
import { type Adaptation, type Bundle, openBundleApart, type Run, type RunData, runIn } from "../../runs/mod.ts";
import type { Metrics, Prediction } from "../../scores/mod.ts";
import { asRan, experimentSchema } from "../describe/experiment_schema.ts";
import { type FinishedFold, readFolds } from "../finish_fold.ts";
import { type Aims, aimsOf, decidePredictions, fitRules, type FittedRules } from "../judge/decide_predictions.ts";
import { describeData, passedOver, recordingGroups, visitWords } from "../prepare/describe_data.ts";
import type { DescribeDataOptions } from "../prepare/describe_data.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import { openViews, openWindows } from "../prepare/labelled_windows.ts";
import { listen } from "../prepare/listen.ts";
import { datasetFingerprint } from "../train/describe_environment.ts";
import { adaptNetworks } from "./adapt_networks.ts";
import { type Ensemble, judgeEnsembles, unseenEnsembles } from "./ensembles.ts";
import { externalFloors } from "./external_floors.ts";
import { externalPlace, loadExternal } from "./load_external.ts";
import { type SeenPolicy, seenSubjects } from "./seen_subjects.ts";

/** What is judged, and where the result goes. */
export interface EvaluateBundleOptions extends CacheOptions {
  /** Folder of the dataset. */
  data: string;
  /** Name in the catalogue. @default {`csv` for a table, else the dataset that the run was trained on} */
  dataset?: string;
  /** A part of it, e.g. `"inter"`. @default {what the loader takes by itself; of one's own data all of it} */
  part?: string;
  /** Columns of a table with unusual headers. @default {those of the run's own table, as far as they are there} */
  columns?: ColumnNames;
  /** What the set is called. @default {the table's or the folder's name; of a published dataset its part's or its own} */
  name?: string;
  /** @default {"<run>/evaluations/<name>", with a number where other data are there} */
  out?: string;
  /** What becomes of subjects that every network has been trained on. @default {"refuse"} */
  seen?: SeenPolicy;
  /** Fits the networks to each source of these data without labels, one way at a time, beside what they give as they are. */
  adapt?: readonly Adaptation[];
  /** How else each item is heard. @default {as the run says} */
  average?: Average;
  seed?: number;
  threads?: number;
}

/**
 * Judges the networks of a finished run on other recordings; nothing is fitted to them. Who is a stranger to all networks is
 * judged by the mean of their calibrated probabilities, under the rule that was fitted on out-of-fold predictions. Who is in
 * the run's own data is judged only by the networks that haven't seen him, under the rule of their validation parts. The floors
 * are fitted on the run's training data, as far as these are there, and judged on the same rows by the same rules.
 * Writes `predictions.csv`, `metrics.json` and `data.json`, and `adapted.json` where asked for.
 *
 * @throws {UsageError} where the dataset has no such task, or other classes.
 * @throws {LeakError} where every network was trained on a subject, unless `seen` says what to do.
 */
export async function evaluateBundle(run: Run, options: EvaluateBundleOptions): Promise<Run> {
  const { threads = navigator.hardwareConcurrency, seed = 0, seen = "refuse", adapt = [] } = options;
  const { experiment: description } = await run.config();
  const evaluation = asRan(run, experimentSchema.shape.evaluation, description.evaluation);
  const { scores, interval, resamples, unit } = evaluation;
  await using opened = new AsyncDisposableStack();
  const apart = await openBundleApart(run.path("model"), { threads, signal: options.signal });
  const { bundle, networks, warnings: unsealed } = opened.adopt(apart, (bundle) => bundle.dispose());
  const { input, classes } = bundle;
  const { columns: ownColumns, join } = experimentSchema.shape.dataset.safeParse(description.dataset).data ?? {};
  const { manifest, name, of } = await loadExternal(bundle, { ...options, unit, ownColumns, join });
  const fingerprint = await datasetFingerprint(manifest);
  const { out, renamed } = options.out
    ? { out: runIn(options.out), renamed: [] }
    : await externalPlace(run, { name, fingerprint });
  const folds = await readFolds(run, bundle.members.length);
  const sound = bodySound(bundle.name, { ...datasetInfo(manifest.dataset), input });
  const heard = await listen(manifest, { ...options, input, sound });
  const known = await seenSubjects(run, folds, manifest, options);
  const { ensembles, leaks, warnings } = unseenEnsembles(manifest, known, seen);
  using windows = await openWindows(manifest, input, options);
  const { average = bundle.average } = options;
  if (average && bundle.frameAnswers) {
    const expected = "networks that answer for windows, for --speeds and --responses";
    throw new UsageError({ expected, found: "networks by frame", where: run.folder, remedy: "leave them out" });
  }
  using views = await openViews(windows, { ...options, manifest, input, average });
  const said = { bundle, networks, manifest, windows: views, seed, signal: options.signal };
  const judged = await judgeEnsembles(ensembles, said);

  const aims = aimsOf({ evaluation }, classes);
  const rules = rulesOf(ensembles, { folds, bundle, aims });
  const ruleOf: RuleOf = (unit, { fold }) => rules[fold].unit(unit);
  const predictions = judged.flatMap((windows, i) => decidePredictions(windows, rules[i].rule, classes));
  const context = { ...options, manifest, windows, heard, sound, ensembles, folds, aims };
  const { floors, warnings: unfitted } = await externalFloors(run, context);

  const evaluated = { classes, scores: [...scores], seed, interval, resamples, floors, ruleOf };
  const metrics = externalMetrics(predictions, evaluated, manifest);
  if (adapt.length > 0) {
    const options = { ...said, members: bundle.members, ensembles, rules, predictions, evaluated, unit };
    await out.save("adapted", await adaptNetworks(run, adapt, options));
  } else if (await out.has("adapted.json")) {
    await Deno.remove(out.path("adapted.json")); // beside what these data gave when they were judged before
  }
  await out.save("predictions", { predictions, classes });
  const leakCheck = [...leaks, ...visitWords(manifest.rows)];
  const about = { name, of, fingerprint, store: windows.store, ensembles, leakCheck };
  await out.save("data", externalData(manifest, about));
  const first = [...warnings, ...unfitted, ...unsealed, ...renamed, ...heardSo(options.average)];
  const told = [...first, ...metadataWarnings(networks, manifest), ...metrics.warnings];
  await out.save("metrics", { ...metrics, leaks, warnings: told });
  return out;
}

/**
 * The rules of each ensemble, from what its members said, window by window, of rows that they weren't trained on: all of it for
 * strangers, else their validation parts alone.
 */
function rulesOf(
  ensembles: readonly Ensemble[],
  { folds, bundle, aims }: { folds: readonly FinishedFold[]; bundle: Bundle; aims: Aims },
): FittedRules[] {
  return ensembles.map(({ members }) => {
    const all = members.length === folds.length, own = members.flatMap((member) => folds[member].predictions);
    const unseen = own.filter(({ part }) => all || part === "validation");
    return fitRules(unseen, aims, all ? decisionRule.parse(bundle.decision) : undefined);
  });
}

/** What the networks are given beside the sound and can't be judged by here, as sentences. */
function metadataWarnings(networks: Parameters<typeof farMetadata>[0], { rows }: Manifest): string[] {
  const people = rows.map(({ attributes }) => attributes);
  const unknown = unknownMetadata(networks, people);
  const missing =
    `The networks are given ${unknown.join(", ")} too, of which these data say nothing as training did: ` +
    "what is missing takes the mean of their training.";
  return [
    ...unknown.length > 0 ? [missing] : [],
    ...farMetadata(networks, people).toReversed()
      .map((far) => `The networks are given ${far}: what they make of it was never judged.`),
  ];
}

function heardSo({ speeds, responses }: Average = { speeds: [], responses: 0 }): string[] {
  const ways = [
    ...speeds.length > 0 ? [`at ${speeds.join(", ")} times its speed`] : [],
    ...responses > 0 ? [`through drawn devices (${responses})`] : [],
  ];
  if (ways.length === 0) return [];
  return [`Each item was also heard ${ways.join(" and ")}; the rules are those of the run, which weren't fitted so.`];
}

/** Every part by itself, with its groups. */
function externalMetrics(predictions: readonly Prediction[], options: EvaluateOptions, manifest: Manifest): Metrics {
  const { classes } = manifest;
  const groups = recordingGroups(manifest.rows);
  const parts = Object.fromEntries(
    [...Map.groupBy(predictions, ({ part }) => part)].map(([part, own]) => [part, {
      ...evaluatePredictions(own, options),
      groups: groupScores(own, { ...options, groups }),
    }]),
  );
  const unread = manifest.rows.length - predictions.length;
  return {
    ...{ version: 1, classes, parts },
    warnings: [
      ...Object.values(parts).flatMap((part) => leakageWarnings({ part, named: options.scores })),
      ...manifest.warnings ?? [],
      ...passedOver(manifest),
      ...unread > 0 ? [`${unread} of ${manifest.rows.length} items could not be judged.`] : [],
    ],
  };
}

/** What was judged: the rows that an ensemble of networks had for it. */
function externalData(
  manifest: Manifest,
  { name, of, ensembles, ...more }:
    & { name: string; of: AskedDataset; ensembles: readonly Ensemble[] }
    & Pick<DescribeDataOptions, "store" | "fingerprint" | "leakCheck">,
): RunData {
  const { licence, citation } = datasetRights(of);
  const judged = new Set(ensembles.flatMap(({ rows }) => [...rows]));
  const windows = more.store.windows.filter(({ item }) => judged.has(item));
  const byPart = Map.groupBy(manifest.rows.keys(), (row) => manifest.rows[row].part);
  return describeData(manifest, {
    ...{ ...more, title: name, licence, citation, parts: Object.fromEntries(byPart) },
    store: { windows, passedOver: more.store.passedOver },
  });
}
