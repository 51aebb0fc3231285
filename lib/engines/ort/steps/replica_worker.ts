// A replica in a thread of its own. What it computes with is copied out of the shared memory and back, because
// onnxruntime takes no views of shared memory.
import { loadRuntime } from "../ort_runtime.ts";
import { addGradients, type Slice } from "./add_gradients.ts";
import { createReplica, type GradientFile } from "./replica.ts";
import { commonBytes, commonMemory, replicaBytes, replicaMemory, type ReplicaSizes } from "./replica_memory.ts";

/** What a replica is started with; all threads see the buffers: what is common, and one of each replica. */
interface ReplicaStart {
  sizes: ReplicaSizes;
  seed: number;
  index: number;
  shared: { common: SharedArrayBuffer; replicas: readonly SharedArrayBuffer[] };
}

let { index, sizes, shared } = {} as ReplicaStart;
let replica: ReturnType<typeof createReplica>;
let own: ArrayBuffer;
let start: ReturnType<typeof commonMemory>;

/** What the worker can be told. */
const orders = {
  async start(asked: ReplicaStart): Promise<void> {
    ({ index, sizes, shared } = asked);
    own = new ArrayBuffer(replicaBytes(sizes));
    start = commonMemory(new ArrayBuffer(commonBytes(sizes)), sizes);
    replica = createReplica(await loadRuntime(), asked);
  },
  open: (file: GradientFile) => replica.open(file),
  /** The results lie in the memory when it is answered. */
  async run(count: number, step: number): Promise<void> {
    const common = commonMemory(shared.common, sizes);
    const [theirs, ours] = [shared.replicas[index], own].map((buffer) => replicaMemory(buffer, sizes, count));
    for (const part of ["weights", "statistics"] as const) start[part].set(common[part]);
    for (const part of ["inputs", "targets", "shares"] as const) ours[part].set(theirs[part]);
    await replica.run(count, { ...start, ...ours, step }, ours.results);
    for (const part of ["loss", "gradient", "statistics"] as const) theirs.results[part].set(ours.results[part]);
  },
  /** Adds up a slice of the gradients of so many replicas. */
  add(replicas: number, slice: Slice): void {
    const made = shared.replicas.slice(0, replicas).map((buffer) => replicaMemory(buffer, sizes, 0).results);
    addGradients(made.map(({ gradient }) => gradient), commonMemory(shared.common, sizes).gradient, slice);
  },
  stop: () => replica.dispose(),
};

export type ReplicaOrders = typeof orders;

self.onmessage = async ({ data: [name, ...given] }: MessageEvent<[keyof ReplicaOrders, ...never[]]>) => {
  try {
    await (orders[name] as (...given: never[]) => unknown)(...given);
    self.postMessage({});
  } catch (error) {
    self.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
};
