import { datasetInfo } from "../../datasets/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { ownParts, partsIn } from "../../parts/mod.ts";
import { bodySound } from "../../rejection/mod.ts";
import { knownSoundHashes, loadModel, sealBundle } from "../../runs/mod.ts";
import type { Bundle, BundleWorth, Run, RunConfig } from "../../runs/mod.ts";
import { headlineScores, lowerIsBetter, scoreKey, scoresAsRead } from "../../scores/mod.ts";
import type { Metrics, ReadScore } from "../../scores/mod.ts";
import { dataTitle } from "../describe/experiment_schema.ts";
import type { FinishedFold } from "../finish_fold.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import { learnNeighbours, learnQuality } from "../train/learn_refusals.ts";
import { aimsOf, fitRules } from "./decide_predictions.ts";
import type { JudgeRunOptions } from "./judge_run.ts";
import config from "../../../deno.json" with { type: "json" };
import { exportPipeline } from "../../engines/ort/mod.ts";
import { openInput, preparationOf } from "../../features/mod.ts";

/** Writes `model/bundle.json`: the networks, their common rule, and what tells a recording that they can't judge. */
export async function bundleRun(run: Run, finished: readonly FinishedFold[], options: JudgeRunOptions): Promise<void> {
  const { experiment, manifest, folds, windows, heard: { descriptions } } = options;
  const { targets, input, evaluation: { average } } = experiment, { rows, classes } = manifest;
  // All networks together have seen every recording, each hasn't seen these.
  const { rule, unit } = fitRules(finished.flatMap(({ predictions }) => predictions), aimsOf(experiment, classes));
  const sound = bodySound(experiment.name, { ...datasetInfo(manifest.dataset), input });
  const trained = new Set(folds.flatMap(({ train }) => [...train]));
  const counts = new Map<number, number>();
  for (const row of windows.rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  await run.save("bundle", {
    ...await bundleBasis(finished, options),
    ...{ classes, decision: rule, subjectDecision: unit("subject") },
    ...targets?.kind === "frames" && targets.items
      ? { frameAnswers: { classes: Object.keys(targets.classes), items: targets.items } }
      : { mostWindows: [...counts.values()].reduce((most, count) => Math.max(most, count), 0) },
    ...average ? { average } : {},
    neighbours: learnNeighbours({ manifest, folds, descriptions }),
    quality: learnQuality({ manifest, folds, descriptions, sound }),
    trainedOn: Object.fromEntries(
      classes.map((label) => [label, [...trained].filter((row) => rows[row].label === label).length]),
    ),
  });
}

/** What every bundle says, whatever its networks answer. */
export async function bundleBasis(
  finished: readonly FinishedFold[],
  { experiment, manifest, windows, data }: Pick<JudgeRunOptions, "experiment" | "manifest" | "windows" | "data">,
): Promise<Omit<Bundle, "classes" | "decision" | "trainedOn">> {
  const { name, title, dataset, input } = experiment, { frames, bands, channels } = windows;
  const own = await ownParts(partsIn(input));
  return {
    ...{ version: 1, name, title, dataset: manifest.dataset, data: dataTitle(dataset, data), task: manifest.task },
    ...{ input, frames, bands, channels, members: finished.map(({ member }) => member) },
    ...own.length > 0 ? { parts: own.map(({ files: _files, ...part }) => part) } : {},
  };
}

/**
 * Adds to the bundle of a judged run what it is worth and which sounds it knows from its training, and seals it: from now on
 * no file in its folder may change.
 */
export async function finishBundle(
  run: Run,
  { manifest, folds, hashes, beginning }: Pick<PreparedData, "manifest" | "folds" | "hashes" | "beginning">,
): Promise<void> {
  const rows = new Set(folds.flatMap(({ train, validation }) => [...train, ...validation]));
  const learned = [...rows].flatMap((row) => hashes.get(manifest.rows[row].recording) ?? []);
  await sealBundle(run, {
    ...await run.bundle(),
    worth: worthOf(await run.metrics(), (await run.config()).experiment.evaluation),
    known: knownSoundHashes(learned, beginning?.known),
    splits: hashBytes(await run.readBytes("splits.json")),
  });
}

/** The first score, of those that the experiment names, that a floor can be held against: as the run is read by it. */
function worthOf({ parts }: Metrics, evaluation: RunConfig["experiment"]["evaluation"]): BundleWorth | undefined {
  const part = "test";
  if (!(part in parts)) return undefined;
  const told = scoresAsRead(parts[part], evaluation), { item, recording, subject } = parts[part].pooled;
  for (const score of [...evaluation.scores.map(scoreKey), ...headlineScores]) {
    for (const scores of [told, item, recording, subject]) {
      const found: ReadScore | undefined = scores?.[score];
      if (!found || found.value === null || found.floor === null) continue;
      const { value, floor, floors, about, over, low, high, level, n, unit } = found;
      const by = Object.keys(floors).find((name) => floors[name] === floor) ?? "";
      const lower = lowerIsBetter(score);
      return { score, title: about?.title, part, over, value, low, high, level, n, unit, floor, by, lower };
    }
  }
  return undefined;
}

/**
 * Writes `model/pipeline.onnx`: all networks of a finished run, with the input before them where it has nodes, and their mean behind them, as one ONNX
 * file for programs that know nothing of Auscult. There is none of networks that are given more than the sound.
 */
export async function writePipeline(run: Run): Promise<void> {
  const { members, input, average, classes, decision, title } = await run.bundle();
  if (members.some(({ metadata }) => metadata)) return;
  const { licence, dataset, task, fingerprint = "" } = await run.data();
  const models = await Promise.all(members.map(({ model }) => loadModel(run.path("model", model))));
  const metadata = {
    classes: JSON.stringify(classes),
    sampleRate: String(openInput(input).sampleRate),
    preparation: JSON.stringify(preparationOf(input)),
    title,
    // What of the input ONNX has no operator for: the file begins behind it.
    withoutNodes: JSON.stringify(openInput(input).withoutNodes),
    input: JSON.stringify(input),
    // How else each item was heard where the decision was fitted: the graph hears a window as it is.
    ...average ? { average: JSON.stringify(average) } : {},
    // Threshold, temperature and how windows are joined; each network's own temperature is in the graph.
    decision: JSON.stringify(decision),
    temperatures: JSON.stringify(members.map(({ temperature }) => temperature)),
    data: `${dataset}, ${task}`,
    // What the network was trained on, whose terms it can't be freer than.
    dataLicence: licence,
    dataFingerprint: fingerprint,
    auscult: config.version,
  };
  const graph = exportPipeline(members.map((member, i) => ({ ...member, model: models[i] })), { input, metadata });
  await run.write("model/pipeline.onnx", graph);
  for (const model of models) model.dispose();
}
