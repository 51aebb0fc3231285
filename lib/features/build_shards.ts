import { dirname } from "node:path";
import { InputError, type Problem } from "../errors/mod.ts";
import { sweepTemporary } from "../files/mod.ts";
import { followPlan, type ListenPlan, type ShardPlan } from "./feature_shard.ts";

type Plan = ShardPlan | ListenPlan;

/** What a worker tells the main thread, which sends it one plan after the other. */
export type ShardReport =
  | { kind: "ready" }
  | { kind: "items"; items: number }
  | { kind: "done" }
  | { kind: "failed"; message: string; problem?: Problem };

/** Builds the shards, on all cores where there are several. */
export async function buildShards(
  plans: readonly Plan[],
  { workers = navigator.hardwareConcurrency, signal, onProgress }: {
    workers?: number;
    signal?: AbortSignal;
    onProgress?: (done: number, total: number) => void;
  },
): Promise<void> {
  const total = plans.flatMap(({ recordings }) => recordings).reduce((sum, { items }) => sum + items.length, 0);
  let done = 0;
  const onItems = (items: number) => onProgress?.(done += items, total);
  // What a cell defined is known to this thread alone.
  const here = plans.some((plan) => "own" in plan && plan.own?.modules.includes(undefined));
  if (workers <= 1 || plans.length === 1 || here) {
    for (const plan of plans) await followPlan(plan, { signal, onItems });
    return;
  }
  const waiting = [...plans];
  const crew = Array.from(
    { length: Math.min(workers, plans.length) },
    () => buildInWorker(waiting, { signal, onItems }),
  );
  // All of them have ended before an error goes on: nobody writes behind the caller's back.
  const failed = (await Promise.allSettled(crew)).find((result) => result.status === "rejected");
  if (!failed) return;
  const stored = plans.find((plan) => "path" in plan);
  if (stored) await sweepTemporary(dirname(stored.path)); // what was stopped halfway
  throw failed.reason;
}

/** One worker that takes plans until none is left. */
function buildInWorker(
  waiting: Plan[],
  { signal, onItems }: { signal?: AbortSignal; onItems: (items: number) => void },
): Promise<void> {
  const worker = new Worker(new URL("./feature_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = () => reject(signal!.reason);
  signal?.addEventListener("abort", stop);
  worker.onmessage = ({ data }: MessageEvent<ShardReport>) => {
    if (data.kind === "items") return onItems(data.items);
    if (data.kind === "failed") return reject(data.problem ? new InputError(data.problem) : new Error(data.message));
    const plan = waiting.shift();
    if (plan) worker.postMessage(plan);
    else resolve();
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  if (signal?.aborted) stop();
  return promise.catch((error) => {
    waiting.length = 0; // the others stop after the shard that they are at
    throw error;
  }).finally(() => {
    worker.terminate();
    signal?.removeEventListener("abort", stop);
  });
}
