import type { PaperRun } from "../paper_run.ts";
import type { Cell, PaperTable } from "../tables/paper_table.ts";

/** The layers of each network, once where several runs share it. */
export function networkTables(runs: readonly PaperRun[]): PaperTable[] {
  const seen = new Set<string>();
  return runs.flatMap(({ network, slug, label }) => {
    if (!network || seen.has(JSON.stringify(network))) return [];
    seen.add(JSON.stringify(network));
    const rows = network.map(({ kind, settings, parameters }): Cell[] => [kind, settings, { value: parameters }]);
    const total = network.reduce((sum, { parameters }) => sum + parameters, 0);
    return [{
      name: `network-${slug}`,
      caption: `Layers of the network: ${label}.`,
      head: ["layer", "settings", "parameters"],
      rows: [...rows, ["all", "", { value: total }]],
    }];
  });
}
