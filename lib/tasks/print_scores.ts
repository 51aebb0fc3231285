import { countedApart, headlineScores, overallScores, scoreKey, scoresByUnit } from "../scores/mod.ts";
import type { AskedScore, Score, Unit } from "../scores/mod.ts";
import type { Run } from "../runs/mod.ts";

/** What of an experiment decides which scores are read. */
export interface ReadBy {
  /** Scores that the experiment names. */
  scores: readonly AskedScore[];
  /** What general scores are read by, where they exist by it. @default {"item"} */
  unit?: Unit;
  protocol?: { kind: string };
}

/**
 * Prints the scores of each judged part that matter most, each with its interval, floor and count.
 *
 * @param external What the data are called, where they are others than the run's.
 */
export async function printScores(run: Run, readBy: ReadBy, external?: string): Promise<void> {
  const metrics = await run.metrics();
  for (const [part, of] of Object.entries(metrics.parts).filter(([name]) => name !== "validation")) {
    const several = Object.keys(metrics.parts).length > 1;
    const what = external === undefined ? `the part ${part}` : `external: ${several ? part : external}`;
    const rows: string[][] = [[`score of ${what}`, "value", "95 % interval", "floor", "n"]];
    const scores = scoresByUnit(of.pooled, readBy.unit);
    for (const name of [...readBy.scores.map(scoreKey), ...overallScores]) {
      const score = scores[name];
      if (score) rows.push([name, ...cells(score)]);
    }
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    console.log("");
    for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] + 2)).join("").trimEnd());
    const means = external === undefined && readBy.protocol?.kind === "leave-one-source-out" ? of.sourceMean : {};
    for (const [name, mean] of rows.slice(1).flatMap(([name]) => means[name] ? [[name, means[name]] as const] : [])) {
      const [value, interval, floor] = cells(mean), apart = countedApart(mean, scores[name]);
      console.log(`- mean over the sources${apart}: ${name} ${value} (${interval}), floor ${floor}`);
    }
    const missing = [...readBy.scores.map(scoreKey), ...overallScores].map((name) => scores[name])
      .filter((score) => score && score.value !== null && score.low === null);
    const reasons = new Set(missing.map(({ reason }) => reason ?? "none was computed"));
    if (reasons.size > 0) console.log(`- no interval: ${[...reasons].join("; ")}`);
  }
  for (const leak of metrics.leaks ?? []) console.log(`\n${leak}`);
  for (const warning of metrics.warnings) console.log(`\nwarning: ${warning}`);
}

/** Prints the scores of a run and writes its report, which is named last. */
export async function printReport(run: Run): Promise<void> {
  await printScores(run, (await run.config()).experiment.evaluation);
  const { renderReport } = await import("../report/mod.ts");
  console.log(`\nReport: ${await renderReport(run.folder)}`);
}

function cells({ value, low, high, floor, n, unit, reason }: Score): string[] {
  return [
    value === null ? `none: ${reason}` : text(value),
    low === null ? "-" : `${text(low)} to ${text(high)}`,
    text(floor),
    `${n} ${unit}${n === 1 ? "" : "s"}`,
  ];
}

/** Prints what each way of adapting networks to other data gave, and the difference from the networks as they are. */
export async function printAdapted(out: Run, { scores }: ReadBy): Promise<void> {
  const { ways } = await out.adapted();
  for (const { way, part, found, scores: own, differences } of ways) {
    console.log(`\nadapted by ${way}, ${part}: ${found}`);
    for (const key of [...new Set([...scores.map(scoreKey), ...headlineScores, "brier"])]) {
      const difference = differences[key];
      if (!own[key] || !difference) continue;
      const { value, low, high } = difference;
      console.log(`  ${key} ${text(own[key].value)}, difference ${text(value)} (${text(low)} to ${text(high)})`);
    }
  }
}

function text(value: number | null): string {
  return value === null ? "-" : value.toFixed(3);
}
