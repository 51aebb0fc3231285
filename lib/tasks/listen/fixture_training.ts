import { resolveExperiment, runExperiment } from "../../experiment/mod.ts";
import type { Run } from "../../runs/mod.ts";

/** For tests: a short run on the table of a folder, by its labels or by those that listeners gave. */
export async function trained(
  data: string,
  name: string,
  labels?: { verdicts: string[]; from: "majority" },
): Promise<Run> {
  const experiment = resolveExperiment({
    ...{ name, title: "A test", question: "?", dataset: { name: "csv", task: "labels", labels } },
    input: { preset: "pcg", seconds: 0.5, padding: "circular" },
    model: { kind: "cnn", filters: [2] },
    training: { epochs: 1, batchSize: 16 },
    evaluation: { protocol: { kind: "grouped-folds", folds: 2, validation: 0.4 }, resamples: 100, monitor: "accuracy" },
  });
  const places = { cacheFolder: `${data}/features`, out: `${data}/results`, threads: 1 };
  return (await runExperiment(experiment, { ...places, data, engine: "ort", command: "test" })).run;
}
