import type { Slice } from "./add_gradients.ts";
import type { GradientFile } from "./replica.ts";
import type { ReplicaOrders } from "./replica_worker.ts";

/** A replica in a worker, which it starts, seen from the main thread: each call begins at once. */
export async function remoteReplica(asked: Parameters<ReplicaOrders["start"]>[0]) {
  const worker = new Worker(import.meta.resolve("./replica_worker.ts"), { type: "module" });
  const tell = <Name extends keyof ReplicaOrders>(name: Name, ...given: Parameters<ReplicaOrders[Name]>) => {
    const answer = Promise.withResolvers<void>();
    worker.onmessage = ({ data: { failure } }: MessageEvent<{ failure?: string }>) =>
      failure === undefined ? answer.resolve() : answer.reject(new Error(failure));
    worker.onerror = (event) => {
      event.preventDefault();
      answer.reject(new Error(event.message));
    };
    worker.postMessage([name, ...given]);
    return answer.promise;
  };
  await tell("start", asked);
  return {
    open: (file: GradientFile) => tell("open", file),
    run: (count: number, step: number) => tell("run", count, step),
    add: (replicas: number, slice: Slice) => tell("add", replicas, slice),
    async dispose(): Promise<void> {
      await tell("stop");
      worker.terminate();
    },
  };
}
