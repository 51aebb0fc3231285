// A replica in a thread of its own. What it computes with is copied out of the shared memory and back, because
// onnxruntime takes no views of shared memory.
import { loadRuntime } from "../ort_runtime.ts";
import { createReplica, type GradientFile, type Replica } from "./replica.ts";
import { replicaBytes, type ReplicaMemory, replicaMemory, type ReplicaSizes } from "./replica_memory.ts";

/** What the worker is told. */
export type ReplicaOrder =
  | { kind: "start"; seed: number; index: number; sizes: ReplicaSizes; shared: SharedArrayBuffer }
  | { kind: "open"; file: GradientFile }
  | { kind: "run"; count: number; step: number }
  | { kind: "stop" };

/** What it answers, one answer an order. */
export type ReplicaAnswer = { failure?: string };

let replica: Replica;
let sizes: ReplicaSizes;
let shared: SharedArrayBuffer;
let own: ArrayBuffer;

function copy(from: ReplicaMemory, to: ReplicaMemory): void {
  for (const part of ["weights", "statistics", "inputs", "targets", "shares"] as const) to[part].set(from[part]);
}

async function obey(order: ReplicaOrder): Promise<void> {
  switch (order.kind) {
    case "start":
      ({ sizes, shared } = order);
      own = new ArrayBuffer(replicaBytes(sizes));
      replica = createReplica(await loadRuntime(), order);
      return;
    case "open":
      return await replica.open(order.file);
    case "run": {
      const [theirs, ours] = [shared, own].map((buffer) => replicaMemory(buffer, sizes, order.count));
      copy(theirs, ours);
      await replica.run(order.count, { ...ours, step: order.step }, ours.results);
      for (const part of ["loss", "gradient", "statistics"] as const) theirs.results[part].set(ours.results[part]);
      return;
    }
    case "stop":
      await replica.dispose();
  }
}

self.onmessage = async ({ data }: MessageEvent<ReplicaOrder>) => {
  let answer: ReplicaAnswer = {};
  try {
    await obey(data);
  } catch (error) {
    answer = { failure: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};
