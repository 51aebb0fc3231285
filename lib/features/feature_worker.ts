import { AuscultError, type Problem } from "../errors/mod.ts";
import { importParts } from "../parts/mod.ts";
import type { ShardOrder, ShardReport } from "./build_shards.ts";
import { followPlan } from "./feature_shard.ts";

const tell = (report: ShardReport) => self.postMessage(report);

self.onmessage = async ({ data }: MessageEvent<ShardOrder>) => {
  try {
    const modules = "own" in data.plan ? data.plan.own?.modules ?? [] : [];
    for (const module of modules) await importParts(module!);
    await followPlan(data.plan, { id: data.id, onItems: (items) => tell({ kind: "items", items }) });
    tell({ kind: "done" });
  } catch (error) {
    const { cause: _cause, ...problem } = error instanceof AuscultError ? error.problem : {} as Problem;
    tell({
      kind: "failed",
      message: String((error as Error)?.message),
      problem: problem.expected ? problem : undefined,
    });
  }
};

tell({ kind: "ready" }); // a message sent before the modules are loaded would be lost
