// A replica in a thread of its own. What it computes with is copied out of the shared memory and back, because
// onnxruntime takes no views of shared memory.
import { loadRuntime } from "../ort_runtime.ts";
import { createReplica, type GradientFile } from "./replica.ts";
import { addGradients, type Slice } from "./add_gradients.ts";
import type { SharedBuffers } from "./remote_replica.ts";
import { commonBytes, commonMemory, replicaBytes, replicaMemory, type ReplicaSizes } from "./replica_memory.ts";

/** What the worker is told. */
export type ReplicaOrder =
  | { kind: "start"; seed: number; index: number; sizes: ReplicaSizes; shared: SharedBuffers }
  | { kind: "open"; file: GradientFile }
  | { kind: "run"; count: number; step: number }
  | { kind: "add"; replicas: number; slice: Slice }
  | { kind: "stop" };

/** What it answers, one answer an order. */
export type ReplicaAnswer = { failure?: string };

let replica: ReturnType<typeof createReplica>;
let index: number;
let sizes: ReplicaSizes;
let shared: SharedBuffers;
let own: ArrayBuffer;
let start: ReturnType<typeof commonMemory>;

async function obey(order: ReplicaOrder): Promise<void> {
  switch (order.kind) {
    case "start":
      ({ index, sizes, shared } = order);
      own = new ArrayBuffer(replicaBytes(sizes));
      start = commonMemory(new ArrayBuffer(commonBytes(sizes)), sizes);
      replica = createReplica(await loadRuntime(), order);
      return;
    case "open":
      return await replica.open(order.file);
    case "run": {
      const common = commonMemory(shared.common, sizes);
      const [theirs, ours] = [shared.replicas[index], own].map((buffer) => replicaMemory(buffer, sizes, order.count));
      for (const part of ["weights", "statistics"] as const) start[part].set(common[part]);
      for (const part of ["inputs", "targets", "shares"] as const) ours[part].set(theirs[part]);
      await replica.run(order.count, { ...start, ...ours, step: order.step }, ours.results);
      for (const part of ["loss", "gradient", "statistics"] as const) theirs.results[part].set(ours.results[part]);
      return;
    }
    case "add": {
      const made = shared.replicas.slice(0, order.replicas).map((buffer) => replicaMemory(buffer, sizes, 0).results);
      addGradients(made.map(({ gradient }) => gradient), commonMemory(shared.common, sizes).gradient, order.slice);
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
