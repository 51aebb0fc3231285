import { AuscultError } from "../errors/mod.ts";
import { importParts } from "../parts/mod.ts";
import type { ShardReport } from "./build_shards.ts";
import { followPlan, type ListenPlan, type ShardPlan } from "./feature_shard.ts";

const tell = (report: ShardReport) => self.postMessage(report);

self.onmessage = async ({ data: plan }: MessageEvent<ShardPlan | ListenPlan>) => {
  try {
    const modules = "own" in plan ? plan.own?.modules ?? [] : [];
    for (const module of modules) await importParts(module!);
    await followPlan(plan, { onItems: (items) => tell({ kind: "items", items }) });
    tell({ kind: "done" });
  } catch (error) {
    // A cause may be nothing that can be sent.
    const problem = error instanceof AuscultError ? { ...error.problem, cause: undefined } : undefined;
    tell({ kind: "failed", message: String((error as Error)?.message), problem });
  }
};

tell({ kind: "ready" }); // a message sent before the modules are loaded would be lost
