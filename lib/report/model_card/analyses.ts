import { markdownTable, plainText } from "../../files/mod.ts";
import { type Score, scoreName } from "../../scores/mod.ts";
import { groupRows } from "../group_rows.ts";
import { externalName } from "../read_external.ts";
import { headlineNames, pooledScore, type ReportView, toldScore } from "../report_view.ts";
import { sourceFlags } from "../source_flags.ts";
import { scoreRow, section } from "./section.ts";

/** The figures of the part that is judged: pooled, by class, source and group. */
export function analyses(view: ReportView): string {
  if (!view.metrics) return section("Quantitative analyses", ["None: metrics.json is missing."]);
  const all = headlineNames(view).flatMap((name): [string, Score][] => {
    const { score, over } = toldScore(view, name)!, called = scoreName(name, score).name;
    return over
      ? [[`${called}, ${over}`, score], [`${called}, all together`, pooledScore(view, name)!.score]]
      : [[called, score]];
  });
  const perClass = view.classes.flatMap((label): [string, Score][] => {
    const score = view.metrics?.pooled.item?.[`recall/${label}`];
    return score ? [[`Recall, ${label}`, score]] : [];
  });
  const head = ["score", "value", "95 % interval", "count", "floor"];
  const rows = [...all, ...perClass].map(([name, score]) => scoreRow(name, score));
  const sources = sourceFlags(view);
  const bySource = sources.map(({ source, score, flag }) => [...scoreRow(source, score), flag ?? ""]);
  return [
    "## Quantitative analyses",
    `Part ${plainText(view.part)}.`,
    markdownTable(head, rows),
    ...(sources.length > 1
      ? [
        `${plainText(scoreName(sources[0].name, sources[0].score).name)} by source:`,
        markdownTable(["source", ...head.slice(1), "flag"], bySource),
      ]
      : []),
    ...groupAnalyses(view),
  ].join("\n\n");
}

/** The first score by group, with the difference from all others. */
function groupAnalyses(view: ReportView): string[] {
  const rows = groupRows(view);
  if (rows.length === 0) return [];
  const signed = (value: number) => `${value > 0 ? "+" : ""}${value.toFixed(3)}`;
  const cells = rows.map(({ attribute, group, subjects, score, difference }) => {
    const [, value, interval, count] = scoreRow(group, score);
    const apart = difference === null
      ? "–"
      : difference.low === null || difference.high === null
      ? signed(difference.value)
      : `${signed(difference.value)} (${signed(difference.low)} to ${signed(difference.high)})`;
    const warning = difference?.worse ? "worse" : "";
    return [plainText(`${attribute}: ${group}`), value, interval, count, String(subjects), apart, warning];
  });
  return [
    `${
      plainText(scoreName(rows[0].name, rows[0].score).name)
    } by group; the difference is from all others, "worse" where its whole ` +
    "interval is:",
    markdownTable(["group", "value", "95 % interval", "count", "subjects", "difference", "flag"], cells),
  ];
}

/** The first scores on each set of other data. */
export function externalData(view: ReportView): string {
  const rows = view.run.external.flatMap((set) =>
    Object.entries(set.metrics.parts).flatMap(([part, metrics]) => {
      const own = { ...view, metrics };
      return headlineNames(own).slice(0, 2).map((name) => {
        const { score } = pooledScore(own, name)!;
        return [plainText(externalName(set, part)), ...scoreRow(scoreName(name, score).name, score)];
      });
    })
  );
  if (rows.length === 0) return "";
  return [
    "## External data",
    "Nothing of these was used to train or to choose; their floors were fitted where the network was.",
    markdownTable(["data", "score", "value", "95 % interval", "count", "floor"], rows),
  ].join("\n\n");
}
