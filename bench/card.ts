// The training step on a graphics card, beside the processor's and PyTorch's: bench/card.sh
import { parseArgs } from "node:util";
import { type Engine, openEngine, slowEngine } from "../lib/engines/mod.ts";
import { InputError } from "../lib/errors/mod.ts";
import { createGraph } from "../lib/engines/ort/graph.ts";
import { reduce } from "../lib/engines/ort/onnx/arithmetic.ts";
import { WEBGPU } from "../lib/engines/ort/onnx/webgpu.ts";
import { loadRuntime, openModel, tensorOf } from "../lib/engines/ort/ort_runtime.ts";
import { markdownTable } from "../lib/files/mod.ts";
import { buildModel } from "../lib/models/mod.ts";
import { openPeer } from "./peer_program.ts";
import { type PeerSpeed, speedOf } from "./speed.ts";
import { type BenchModel, noiseBatch, SHAPE, TRAINING } from "./training_setting.ts";

const { values: given } = parseArgs({
  options: {
    minutes: { type: "string", default: "8" },
    seconds: { type: "string", default: "1" },
    models: { type: "string", default: "cnn,cnn6,lightCnn,crnn" },
    batches: { type: "string", default: "32,64,128,256,512" },
  },
});
const seconds = Number(given.seconds);
const end = performance.now() + 60_000 * Number(given.minutes);
const timeLeft = () => performance.now() < end;

/** What one engine reaches with one network and batch. */
interface Measured {
  perSecond: number;
  /** Milliseconds to bring weights and moments back, as for a checkpoint. */
  stateBack: number;
  /** MB by which the process grew. */
  memory: number;
}

async function measure(
  engine: Engine,
  kind: BenchModel,
  { count, precision }: { count: number; precision?: "mixed" },
): Promise<Measured> {
  const model = await buildModel(kind, SHAPE);
  const before = Deno.memoryUsage().rss;
  const session = await engine.train(model, { ...TRAINING, batchSize: count, seed: 0, precision });
  try {
    const batch = noiseBatch(count);
    const { perSecond } = await speedOf(count, seconds, () => session.step(batch, { learningRate: 1e-3 }));
    const started = performance.now();
    await session.state();
    const stateBack = performance.now() - started;
    return { perSecond, stateBack, memory: (Deno.memoryUsage().rss - before) / 1e6 };
  } finally {
    await session.dispose();
    model.dispose();
  }
}

/** Examples a second in mixed precision; none where the card has no float16. */
async function mixed(kind: BenchModel, count: number): Promise<number | undefined> {
  try {
    return (await measure(card, kind, { count, precision: "mixed" })).perSecond;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Milliseconds for a batch to reach the card and one number to come back. */
async function crossing(count: number): Promise<number> {
  const runtime = await loadRuntime();
  const { inputs } = noiseBatch(count);
  const graph = createGraph({ target: WEBGPU });
  graph.output("sum", reduce(graph, graph.input("batch", [inputs.length]), { by: "Sum", axes: [0] }));
  const model = { graph: graph.finish("crossing") };
  const session = await openModel(runtime, model, { threads: 1, target: WEBGPU });
  const batch = tensorOf(runtime, inputs, [inputs.length]);
  const { perSecond } = await speedOf(1, seconds / 4, () => session.run({ batch }));
  await session.release();
  return 1000 / perSecond;
}

async function pytorch(kind: BenchModel, count: number): Promise<number | undefined> {
  const args = ["--model", kind, "--batch", `${count}`, "--seconds", `${seconds}`, "--device", "cuda"];
  const python = Deno.env.get("AUSCULT_PYTHON") ?? "python3";
  // The second statement fails where PyTorch is there and a card for it isn't.
  const libraries = "torch; torch.zeros(1, device='cuda')";
  const peer = await openPeer(python, { script: "training_torch.py", libraries, args });
  try {
    return (await peer?.measure<PeerSpeed>())?.perSecond;
  } finally {
    await peer?.close();
  }
}

/** MB of the card that are taken, by NVIDIA's own tool where it is there. */
async function cardMemory(): Promise<number | undefined> {
  const args = ["--query-gpu=memory.used", "--format=csv,noheader,nounits"];
  // A program that isn't there is an error at once, not of the promise.
  const ask = async () => await new Deno.Command("nvidia-smi", { args }).output();
  const answer = await ask().catch(() => undefined);
  return answer?.success ? parseFloat(new TextDecoder().decode(answer.stdout)) : undefined;
}

const number = (value: number | undefined) =>
  value === undefined ? "-" : value >= 100 ? value.toFixed(0) : value.toPrecision(3);

const threads = navigator.hardwareConcurrency;
const { engine: card } = await openEngine("ort-webgpu", { threads });
const { engine: cpu } = await openEngine("ort", { threads });
console.log(`Card: ${card.description}\nProcessor: ${cpu.description}`);
const slow = await slowEngine("ort-webgpu");
if (slow) console.log(`No card: ${slow}`);
console.log(
  `A step is forward, backward and Adam on windows of ${SHAPE.frames} x ${SHAPE.bands}; ${seconds} s each.\n`,
);

const rows: string[][] = [];
let left = 0;
for (const kind of given.models.split(",") as BenchModel[]) {
  for (const count of given.batches.split(",").map(Number)) {
    if (!timeLeft()) {
      left++;
      continue;
    }
    console.error(`${kind}, batch ${count}`);
    const [onCard, onCpu] = [await measure(card, kind, { count }), await measure(cpu, kind, { count })];
    const half = await mixed(kind, count);
    const [there, used, theirs] = [await crossing(count), await cardMemory(), await pytorch(kind, count)];
    const ratio = onCard.perSecond / onCpu.perSecond;
    rows.push([
      ...[kind, `${count}`, number(onCard.perSecond), number(half), number(onCpu.perSecond)],
      ...[number(ratio), number(theirs)],
      ...[number(1000 * count / onCard.perSecond), number(there), number(onCard.stateBack)],
      ...[number(onCard.memory), number(onCpu.memory), number(used)],
    ]);
  }
}
console.log(markdownTable([
  ...["network", "batch", "card /s", "card, mixed precision /s", "processor /s", "ratio", "PyTorch on the card /s"],
  ...["step ms", "batch to the card ms", "state back ms", "card: process MB", "processor: MB", "card's own MB"],
], rows));
if (left > 0) console.log(`\nThe ${given.minutes} minutes were over before the ${left} rows that lack.`);
Deno.exit(0);
