import {
  checkSettings,
  type ExperimentDescription,
  prepareData,
  resolveExperiment,
  runExperiment,
} from "../../experiment/mod.ts";
import { markdownTable } from "../../files/mod.ts";
import { ablationResults, renderAblations, renderModelCard, renderReport } from "../../report/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { type ParamValue, settingAssignments, type StudyStorage } from "../../sweep/mod.ts";
import { paired, probability } from "../results/cells.ts";
import { homeOf, trainedRuns } from "./ablated.ts";
import type { SweepOptions, TrainedSettings } from "../sweep/sweep_study.ts";

/** Where the settings of an experiment are trained. */
export interface TrainedSettingsOptions extends Pick<SweepOptions, "data" | "engine" | "seed" | "set" | "signal"> {
  /** With its points of the learning curve among the ablations. */
  description: ExperimentDescription;
  /** Folder of the study. */
  folder: string;
  command: string;
}

/** How settings become runs below a study's folder, each in a folder of its own, and runs become one page. */
export function trainedSettings(options: TrainedSettingsOptions): TrainedSettings {
  const { description, data, engine, seed, set } = options;
  const chosen = (params: Record<string, ParamValue>) =>
    resolveExperiment(description, [...set, ...settingAssignments(params)]);
  return {
    async prepare() {
      for (const name of Object.keys(description.ablations ?? {})) checkSettings(chosen({ ablation: name }));
      await prepareData(resolveExperiment(description, set), { data, seed });
    },
    async attempt(params, { onReport, signal }) {
      const experiment = chosen(params);
      let step = 0;
      const callbacks = [{
        async onEpochEnd(history: readonly { validationScore: number }[]) {
          await onReport(++step, history.at(-1)!.validationScore);
        },
      }];
      const { run, complete } = await runExperiment(experiment, {
        ...{ data, engine, seed, signal, callbacks, command: options.command },
        ...{ out: homeOf(options.folder, String(params.ablation)), threads: 1, resume: true, epochLines: false },
      });
      if (!complete) return { state: "stopped", value: NaN };
      await renderModelCard(run.folder);
      await renderReport(run.folder);
      return { state: "complete", value: meanValidation(await run.history()) };
    },
    finish: (storage) => writePage(storage, options.folder),
  };
}

/** Mean over the trainings of their best score on inner validation. */
function meanValidation(history: Awaited<ReturnType<Run["history"]>>): number {
  const best = [...Map.groupBy(history, ({ fold, seed }) => `${seed}/${fold}`).values()]
    .map((epochs) => Math.max(...epochs.map(({ validationScore }) => validationScore)));
  return best.reduce((sum, value) => sum + value, 0) / best.length;
}

async function writePage(storage: StudyStorage, folder: string): Promise<void> {
  const failed = (await storage.trials()).filter(({ state }) => state === "fail");
  for (const { params, notes } of failed) console.error(`warning: “${params.ablation}” failed: ${notes.error}`);
  const [base, ...others] = await trainedRuns(folder);
  if (!base) return console.error("The base itself failed: there is nothing to hold the settings against.");
  const results = await ablationResults(base, others);
  for (const sentence of results.apart) console.error(`warning: ${sentence}`);
  const read = results.overSources ? `${results.score}, mean over sources,` : results.score;
  const head = ["setting", `${read} less the base's (95 % interval)`, "p, Holm"];
  const rows = results.settings.map((
    { name, difference },
  ) => [name, paired(difference), probability(difference.pHolm)]);
  if (rows.length > 0) console.log(`\n${markdownTable(head, rows)}`);
  console.log(`Page: ${await renderAblations(results, folder)}`);
}
