import type { GradientFile } from "./replica.ts";
import type { Slice } from "./add_gradients.ts";
import type { ReplicaSizes } from "./replica_memory.ts";
import type { ReplicaAnswer, ReplicaOrder } from "./replica_worker.ts";

/** The buffers that all threads see: what is common, and one of each replica. */
export interface SharedBuffers {
  common: SharedArrayBuffer;
  replicas: readonly SharedArrayBuffer[];
}

/** A replica in a worker, which it starts, seen from the main thread. */
export async function remoteReplica(
  asked: { sizes: ReplicaSizes; seed: number; index: number; shared: SharedBuffers },
) {
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
  await tell({ kind: "start", ...asked });
  return {
    open: (file: GradientFile) => tell({ kind: "open", file }),
    /** Starts at once; resolves when the results lie in the memory. */
    run: (count: number, step: number) => tell({ kind: "run", count, step }),
    /** Adds up a slice of the gradients of so many replicas. */
    add: (replicas: number, slice: Slice) => tell({ kind: "add", replicas, slice }),
    async dispose(): Promise<void> {
      await tell({ kind: "stop" });
      worker.terminate();
    },
  };
}
