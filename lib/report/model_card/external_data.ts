import { externalName } from "../read_external.ts";
import { headlineNames, pooledScore, type ReportView } from "../report_view.ts";
import { scoreName } from "../../scores/mod.ts";
import { markdownTable, plainText } from "../../files/mod.ts";
import { scoreRow } from "./score_row.ts";

/** The first scores on each set of other data. */
export function externalData(view: ReportView): string {
  const rows = view.run.external.flatMap((set) =>
    Object.entries(set.metrics.parts).flatMap(([part, metrics]) => {
      const own = { ...view, metrics };
      return headlineNames(own).slice(0, 2).map((name) => [
        plainText(externalName(set, part)),
        ...scoreRow(scoreName(name, pooledScore(own, name)!.score).name, pooledScore(own, name)!.score),
      ]);
    })
  );
  if (rows.length === 0) return "";
  return [
    "## External data",
    "Nothing of these was used to train or to choose; their floors were fitted where the network was.",
    markdownTable(["data", "score", "value", "95 % interval", "count", "floor"], rows),
  ].join("\n\n");
}
