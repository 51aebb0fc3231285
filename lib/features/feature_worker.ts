import type { ShardOrder, ShardReport } from "./build_shards.ts";
import { followPlan } from "./feature_shard.ts";

const tell = (report: ShardReport) => self.postMessage(report);

self.onmessage = async ({ data }: MessageEvent<ShardOrder>) => {
  try {
    await followPlan(data.plan, { id: data.id, onItems: (items) => tell({ kind: "items", items }) });
    tell({ kind: "done" });
  } catch (error) {
    tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};

tell({ kind: "ready" }); // a message sent before the modules are loaded would be lost
