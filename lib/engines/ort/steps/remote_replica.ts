import type { GradientFile } from "./replica.ts";
import { replicaBytes, type ReplicaMemory, replicaMemory, type ReplicaSizes } from "./replica_memory.ts";
import type { ReplicaAnswer, ReplicaOrder } from "./replica_worker.ts";

/** A replica in a worker, seen from the main thread. */
export interface RemoteReplica {
  /** The memory that both see, laid out for `count` examples. */
  memory(count: number): ReplicaMemory;
  open(file: GradientFile): Promise<void>;
  /** Starts at once; resolves when the results lie in the memory. */
  run(count: number, step: number): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts a worker with a replica in it. */
export async function remoteReplica(
  { sizes, seed, index }: { sizes: ReplicaSizes; seed: number; index: number },
): Promise<RemoteReplica> {
  const shared = new SharedArrayBuffer(replicaBytes(sizes));
  const worker = new Worker(import.meta.resolve("./replica_worker.ts"), { type: "module" });
  const tell = (order: ReplicaOrder) => {
    const answer = Promise.withResolvers<void>();
    worker.onmessage = ({ data: { failure } }: MessageEvent<ReplicaAnswer>) =>
      failure === undefined ? answer.resolve() : answer.reject(new Error(failure));
    worker.onerror = (event) => {
      event.preventDefault();
      answer.reject(new Error(event.message));
    };
    worker.postMessage(order);
    return answer.promise;
  };
  await tell({ kind: "start", seed, index, sizes, shared });
  return {
    memory: (count) => replicaMemory(shared, sizes, count),
    open: (file) => tell({ kind: "open", file }),
    run: (count, step) => tell({ kind: "run", count, step }),
    async dispose() {
      await tell({ kind: "stop" });
      worker.terminate();
    },
  };
}
