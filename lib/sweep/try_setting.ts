import { join } from "node:path";
import type { Engine } from "../engines/mod.ts";
import { type ExperimentDescription, fitFold, resolveExperiment } from "../experiment/mod.ts";
import { bestRow } from "../training/mod.ts";
import type { ParamValue } from "./trial.ts";
import type { TrialData } from "./trial_data.ts";

/** Where and with what a setting is tried. */
export interface TrySettingOptions {
  description: ExperimentDescription;
  /** `--set` overrides that all trials share. */
  assignments: readonly string[];
  data: TrialData;
  engine: Engine;
  threads: number;
  /** Folder for the trial's checkpoints. */
  folder: string;
  /** Told the mean validation score so far after each epoch; answers whether to stop here. */
  onReport: (step: number, value: number) => Promise<"stop" | void>;
  signal?: AbortSignal;
}

/** How a try ended. */
export interface TriedSetting {
  state: "complete" | "pruned" | "stopped";
  /** Mean over the folds of the best validation score; of those that were begun, where it was pruned. */
  value: number;
}

/** The overrides that make an experiment have a setting. */
export function settingAssignments(params: Record<string, ParamValue>): string[] {
  return Object.entries(params).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
}

/**
 * Trains a setting on every fold and scores it on inner validation alone: no test part is opened. Step `k` of its reports
 * is epoch `k` counted through the folds. Interrupted, the same call goes on from its checkpoints.
 */
export async function trySetting(
  params: Record<string, ParamValue>,
  options: TrySettingOptions,
): Promise<TriedSetting> {
  const { description, assignments, data, engine, threads, folder, onReport, signal } = options;
  const experiment = resolveExperiment(description, [...assignments, ...settingAssignments(params)]);
  const { manifest, folds, beginning } = await data.prepare(experiment);
  const windows = await data.windows(experiment, { signal });
  const finished: number[] = [];
  const mean = (more: number[]) => more.reduce((sum, value) => sum + value, 0) / more.length;
  for (const [index, fold] of folds.entries()) {
    let pruned = false;
    const report = {
      async onEpochEnd(history: Parameters<typeof bestRow>[0]) {
        const step = index * experiment.training.epochs + history.length;
        const answer = await onReport(step, mean([...finished, bestRow(history)!.validationScore]));
        pruned ||= answer === "stop";
        return answer;
      },
    };
    const checkpoints = join(folder, `${index}`);
    const first = await beginning?.weightsOf(index);
    const context = { experiment, manifest, windows, engine, threads, checkpoints, first, callbacks: [report], signal };
    const { session, result } = await fitFold(fold, context);
    await session.dispose();
    if (result.status === "stopped") return { state: "stopped", value: NaN };
    finished.push(bestRow(result.history)!.validationScore);
    if (pruned) return { state: "pruned", value: mean(finished) };
  }
  return { state: "complete", value: mean(finished) };
}
