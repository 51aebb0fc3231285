// Makes bench/sweep_table.json: what every setting of a small grid reaches, measured by training it.
//
//   deno run -P=bench bench/sweep_table.ts
//
// Interrupted, it goes on where it stopped. The figures are the sweep's own objective: the mean over three inner folds
// of the best log loss on validation, as a negative number; on synthetic hearts, log-Mel by the preset pcg.

import { fileURLToPath } from "node:url";
import { generateSynthetic } from "../lib/datasets/mod.ts";
import { openEngine } from "../lib/engines/mod.ts";
import { type ExperimentDescription, float, int, oneOf, type SearchSpace } from "../lib/experiment/mod.ts";
import { writeAtomic } from "../lib/files/mod.ts";
import { gridOf, type ParamValue, trialData, trySetting } from "../lib/sweep/mod.ts";

/** The grid; a rate is `0.0003 * 2^rate`. */
export const tableSpace: SearchSpace = {
  rate: int(0, 6),
  nMels: int(16, 64, { step: 16 }),
  dropout: float(0, 0.4, { step: 0.2 }),
  pooling: oneOf("average", "both"),
};

/** `sweep_table.json`. */
export interface SweepTable {
  /** How it was made. */
  made: string;
  /** Settings and what they reached; higher is better. */
  settings: { params: Record<string, ParamValue>; value: number }[];
}

const description: ExperimentDescription = {
  name: "bench/sweep_table",
  title: "A table of settings",
  question: "What does each setting reach?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: { kind: "cnn", filters: [4, 8], dropout: 0 },
  training: {
    epochs: 4,
    batchSize: 8,
    optimizer: { kind: "adamw", learningRate: 1e-3 },
    augment: [{ kind: "time-shift" }],
  },
  evaluation: { protocol: { kind: "hold-out", test: 0.2, inner: 3 }, monitor: "logLoss" },
};

const PATH = fileURLToPath(new URL("./sweep_table.json", import.meta.url));

/** The settings of the experiment that a point of the grid stands for. */
function assignments({ rate, nMels, dropout, pooling }: Record<string, ParamValue>): string[] {
  return [
    `training.optimizer.learningRate=${3e-4 * 2 ** Number(rate)}`,
    `input.change.nMels=${nMels}`,
    `model.dropout=${dropout}`,
    `model.pooling=${pooling}`,
  ];
}

if (import.meta.main) {
  const folder = await Deno.makeTempDir();
  await generateSynthetic(`${folder}/data`, { kind: "heart", subjects: 20, recordings: 1, unusable: 0 });
  const { engine } = await openEngine("ort", { threads: 1 });
  const data = trialData(`${folder}/data`, { seed: 0, cacheFolder: `${folder}/features` });
  const table: SweepTable = await Deno.readTextFile(PATH).then(JSON.parse, () => ({
    made:
      "deno run -P=bench bench/sweep_table.ts: 20 recordings of as many synthetic hearts, engine ort, one thread, seed 0",
    settings: [],
  }));
  const done = new Set(table.settings.map(({ params }) => JSON.stringify(params)));
  for (const params of gridOf(tableSpace)) {
    if (done.has(JSON.stringify(params))) continue;
    const { value } = await trySetting({}, {
      ...{ description, assignments: assignments(params), data, engine, threads: 1, folder: `${folder}/${done.size}` },
      onReport: () => Promise.resolve(),
    });
    table.settings.push({ params, value: Number(value.toFixed(5)) });
    done.add(JSON.stringify(params));
    const lines = table.settings.map((one) => JSON.stringify(one)).join(",\n");
    await writeAtomic(PATH, `{"made":${JSON.stringify(table.made)},"settings":[\n${lines}\n]}\n`);
    console.error(`${done.size} ${JSON.stringify(params)} ${value.toFixed(4)}`);
  }
  data.close();
  await Deno.remove(folder, { recursive: true });
}
