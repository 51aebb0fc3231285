import type { LayersModel } from "@tensorflow/tfjs";
import type { Batch, SessionOptions } from "../lib/engines/engine.ts";
import { blockSize } from "../lib/engines/ort/block_size.ts";
import { loadRuntime } from "../lib/engines/ort/ort_runtime.ts";
import { trainingSession } from "../lib/engines/ort/training_session.ts";

/** How much of a step goes into one kind of node. */
export interface OperationShare {
  /** The kind of node, as ONNX or onnxruntime calls it. */
  op: string;
  /** Milliseconds a step. */
  milliseconds: number;
  /** Part of the whole, 0 to 1. */
  share: number;
}

/** Where the time of a training step goes, by onnxruntime's own profile of five steps; the largest share first. */
export async function profileStep(
  model: LayersModel,
  options: SessionOptions,
  batch: Batch,
): Promise<OperationShare[]> {
  const steps = 5;
  const folder = await Deno.makeTempDir({ prefix: "auscult-profile-" });
  try {
    const runtime = await loadRuntime();
    const machine = { runtime, block: await blockSize(runtime), profile: `${folder}/step` };
    const session = await trainingSession(machine, model, { ...options, threads: 1 });
    for (let step = 0; step < steps; step++) await session.step(batch, { learningRate: 1e-3 });
    await session.dispose();
    const [{ name }] = await Array.fromAsync(Deno.readDir(folder));
    return sharesOf(JSON.parse(await Deno.readTextFile(`${folder}/${name}`)), steps);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** An event of onnxruntime's profile, times in microseconds. */
interface ProfileEvent {
  cat: string;
  name: string;
  dur: number;
  args?: { op_name?: string };
}

function sharesOf(events: ProfileEvent[], steps: number): OperationShare[] {
  const times = new Map<string, number>();
  for (const { cat, name, dur, args } of events) {
    if (cat !== "Node" || !name.endsWith("_kernel_time")) continue;
    const op = args?.op_name ?? "?";
    times.set(op, (times.get(op) ?? 0) + dur);
  }
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times].map(([op, time]) => ({ op, milliseconds: time / 1000 / steps, share: time / total }))
    .sort((a, b) => b.share - a.share);
}
