// Prints by how many MB a process grows at its largest while it trains: training_memory.ts MODEL
import { openEngine } from "../lib/engines/mod.ts";
import { buildModel } from "../lib/models/mod.ts";
import { BATCH, type BenchModel, noiseBatch, SHAPE, TRAINING } from "./training_setting.ts";

const model = await buildModel(Deno.args[0] as BenchModel, SHAPE);
const { engine } = await openEngine("ort", { threads: 1 });
const before = await megabytes("VmRSS");
const session = await engine.train(model, { ...TRAINING, batchSize: BATCH, seed: 0 });
const batch = noiseBatch();
for (let step = 0; step < 3; step++) await session.step(batch, { learningRate: 1e-3 });
console.log(await megabytes("VmHWM") - before);
await session.dispose();

/** Linux: a line of the process's status; "VmHWM" is the most that it ever held. */
async function megabytes(line: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await Deno.readTextFile("/proc/self/status");
  return Number(status.match(new RegExp(`${line}:\\s+(\\d+) kB`))![1]) / 1000;
}
