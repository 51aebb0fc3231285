import { InputError, type Problem } from "../errors/mod.ts";
import { followPlan, type ListenPlan, type ShardPlan } from "./feature_shard.ts";
import { temporaryShard } from "./shard_writer.ts";

/** What the main thread tells a worker: one shard to build, and a part of its temporary name. */
export interface ShardOrder {
  plan: ShardPlan | ListenPlan;
  id: string;
}

/** What a worker tells the main thread. */
export type ShardReport =
  | { kind: "ready" }
  | { kind: "items"; items: number }
  | { kind: "done" }
  | { kind: "failed"; message: string; problem?: Problem };

/** Builds the shards, on all cores where there are several. */
export async function buildShards(
  plans: readonly (ShardPlan | ListenPlan)[],
  { workers = navigator.hardwareConcurrency, signal, onProgress }: {
    workers?: number;
    signal?: AbortSignal;
    onProgress?: (done: number, total: number) => void;
  },
): Promise<void> {
  const total = plans.reduce(
    (sum, { recordings }) => sum + recordings.reduce((n, { items }) => n + items.length, 0),
    0,
  );
  let done = 0;
  const onItems = (items: number) => onProgress?.(done += items, total);
  // What a cell defined is known to this thread alone.
  const here = plans.some((plan) => "own" in plan && plan.own?.modules.includes(undefined));
  if (workers <= 1 || plans.length === 1 || here) {
    for (const plan of plans) await followPlan(plan, { id: newId(), signal, onItems });
    return;
  }
  const waiting = [...plans];
  const crew = Array.from(
    { length: Math.min(workers, plans.length) },
    () => buildInWorker(waiting, { signal, onItems }),
  );
  // All of them have ended before an error goes on: nobody writes behind the caller's back.
  const failed = (await Promise.allSettled(crew)).find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

const newId = () => crypto.randomUUID().slice(0, 8);

/** One worker that takes plans until none is left. */
function buildInWorker(
  waiting: (ShardPlan | ListenPlan)[],
  { signal, onItems }: { signal?: AbortSignal; onItems: (items: number) => void },
): Promise<void> {
  const worker = new Worker(new URL("./feature_worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const id = newId();
  let plan: ShardPlan | ListenPlan | undefined;
  const next = () => {
    plan = waiting.shift();
    if (plan) worker.postMessage({ plan, id } satisfies ShardOrder);
    else resolve();
  };
  const stop = () => reject(signal!.reason);
  signal?.addEventListener("abort", stop);
  worker.onmessage = ({ data }: MessageEvent<ShardReport>) => {
    if (data.kind === "items") onItems(data.items);
    else if (data.kind === "ready" || data.kind === "done") next();
    else reject(data.problem ? new InputError(data.problem) : new Error(data.message));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  if (signal?.aborted) stop();
  return promise.catch((error) => {
    waiting.length = 0; // the others stop after the shard that they are at
    throw error;
  }).finally(async () => {
    worker.terminate();
    if (plan && "path" in plan) await Deno.remove(temporaryShard(plan.path, id)).catch(() => {}); // where it was stopped halfway
    signal?.removeEventListener("abort", stop);
  });
}
