import { openEngine, type TrainingSession } from "../lib/engines/mod.ts";
import { buildModel, defineModel, models } from "../lib/models/mod.ts";
import type { BenchRow } from "./bench_row.ts";
import { type MeasureOptions, ownPartRows, speedsInTurns } from "./speed.ts";
import { BATCH, noiseBatch, SHAPE, TRAINING } from "./training_setting.ts";

const KIND = "cnn";

/** Training steps of a network of one's own against the built-in one of the same layers, in turns. */
export async function ownNetworkRows(
  { seconds = 2, onProgress }: MeasureOptions & { onProgress?: (line: string) => void },
): Promise<BenchRow[]> {
  onProgress?.("training a network of one's own");
  const own = defineModel({ ...models.find(KIND).definition, name: "own-cnn" });
  const { engine } = await openEngine("ort", { threads: 1 });
  const batch = noiseBatch();
  const sessions: TrainingSession[] = [];
  for (const described of [own(), KIND] as const) {
    const model = await buildModel(described, SHAPE);
    sessions.push(await engine.train(model, { ...TRAINING, batchSize: BATCH, seed: 0, threads: 1 }));
    model.dispose();
  }
  try {
    const steps = sessions.map((session) => () => session.step(batch, { learningRate: 1e-3 }));
    const what = { bench: "training", model: "a network of one's own", setting: `layers of ${KIND}, batch ${BATCH}` };
    return ownPartRows({ ...what, threads: 1 }, await speedsInTurns(BATCH, 4 * seconds, steps), "examples");
  } finally {
    for (const session of sessions) await session.dispose();
  }
}
