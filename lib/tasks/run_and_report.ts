import { resolveExperiment, runExperiment } from "../experiment/mod.ts";
import type { ExperimentDescription, RunExperimentOptions } from "../experiment/mod.ts";
import { type EngineName, slowEngine } from "../engines/mod.ts";
import { onsetScores } from "../evaluation/mod.ts";
import { framesAlone } from "../runs/mod.ts";
import { printScores } from "./print_scores.ts";
import { Stopped } from "./run_task.ts";

/** What the tasks `experiment` and `demo` ask for. */
export interface RunAndReportOptions extends RunExperimentOptions {
  assignments: string[];
  engine: EngineName | "auto";
}

/** Runs an experiment, writes its report and says where it lies. */
export async function runAndReport(description: ExperimentDescription, options: RunAndReportOptions): Promise<void> {
  const experiment = resolveExperiment(description, options.assignments);
  const slow = await slowEngine(options.engine);
  if (slow) console.error(`warning: ${slow}`);
  const { run, complete } = await runExperiment(experiment, options);
  if (!complete) {
    throw new Stopped(`Stopped. What was done is kept in ${run.folder}: the same command with --resume goes on.`);
  }
  const { scores } = experiment.evaluation;
  await printScores(run, {
    ...experiment.evaluation,
    scores: [
      ...experiment.targets?.kind === "recordings" ? ["retrieval"] : framesAlone(experiment) ? onsetScores : [],
      ...scores,
    ],
  });
  const { renderModelCard, renderReport } = await import("../report/mod.ts");
  await renderModelCard(run.folder);
  const report = await renderReport(run.folder);
  const { readRunFiles } = await import("../report/mod.ts");
  await (await import("../standards/mod.ts")).writeCrate([await readRunFiles(run.folder)], run.folder);
  console.log(`\nReport: ${report}`);
}
