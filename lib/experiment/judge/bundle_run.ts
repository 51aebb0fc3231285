import { datasetInfo } from "../../datasets/mod.ts";
import { bodySound } from "../../rejection/mod.ts";
import { ownParts, partsIn } from "../../parts/mod.ts";
import type { Bundle, Run } from "../../runs/mod.ts";
import { dataTitle } from "../describe/data_title.ts";
import type { FinishedFold } from "../finish_fold.ts";
import { learnNeighbours } from "../train/learn_neighbours.ts";
import { learnQuality } from "../train/learn_quality.ts";
import { decidePredictions } from "./decide_predictions.ts";
import { fitRule, unitRule } from "./fit_rules.ts";
import { aimsOf, type JudgeRunOptions } from "./judge_run.ts";

/** Writes `model/bundle.json`: the networks, their common rule, and what tells a recording that they can't judge. */
export async function bundleRun(run: Run, finished: readonly FinishedFold[], options: JudgeRunOptions): Promise<void> {
  const { experiment, manifest, windows } = options, { targets } = experiment;
  const said = finished.flatMap(({ predictions }) => predictions), aims = aimsOf(options);
  const decision = fitRule(said, aims); // all networks together have seen every recording, each hasn't seen these
  const own = await ownParts(partsIn(experiment.input));
  const bundle: Bundle = {
    version: 1,
    name: experiment.name,
    title: experiment.title,
    dataset: manifest.dataset,
    data: dataTitle(experiment.dataset, options.data),
    task: manifest.task,
    classes: manifest.classes,
    ...targets?.kind === "frames" && targets.items
      ? { frameAnswers: { classes: Object.keys(targets.classes), items: targets.items } }
      : {},
    input: experiment.input,
    ...experiment.evaluation.average ? { average: experiment.evaluation.average } : {},
    ...own.length > 0 ? { parts: own.map(({ files: _files, ...part }) => part) } : {},
    frames: windows.frames,
    bands: windows.bands,
    channels: windows.channels,
    members: finished.map(({ member }) => member),
    decision,
    subjectDecision: unitRule(decidePredictions(said, decision, aims.classes), aims)("subject"),
    ...refusals(options),
    trainedOn: trainedOn(options),
  };
  await run.save("bundle", bundle);
}

/** What tells recordings that are out of distribution or too poor. */
function refusals(options: JudgeRunOptions): Pick<Bundle, "neighbours" | "quality"> {
  const { experiment: { name, input }, manifest, folds, heard: { descriptions } } = options;
  const sound = bodySound(name, { ...datasetInfo(manifest.dataset), input });
  return {
    neighbours: learnNeighbours({ manifest, folds, descriptions }),
    quality: learnQuality({ manifest, folds, descriptions, sound }),
  };
}

/** Items of each class that the first fold's network was trained on. */
function trainedOn({ manifest: { rows, classes }, folds: [{ train }] }: JudgeRunOptions): Record<string, number> {
  return Object.fromEntries(classes.map((label) => [label, train.filter((row) => rows[row].label === label).length]));
}
