import type { Metrics, Score } from "../evaluation/mod.ts";
import type { Run } from "../runs/mod.ts";

const GENERAL = ["balancedAccuracy", "f1Macro", "mcc", "rocAuc"];

/** Prints the scores of the judged part that matter most, each with its interval, floor and count. */
export async function printScores(run: Run, official: readonly string[]): Promise<void> {
  const metrics: Metrics = JSON.parse(await run.readText("metrics.json"));
  const [part, { pooled }] = Object.entries(metrics.parts).find(([name]) => name !== "validation")!;
  const rows: string[][] = [[`score of the part ${part}`, "value", "95 % interval", "floor", "n"]];
  for (const name of [...official, ...GENERAL]) {
    const score = Object.values(pooled).map((scores) => scores[name]).find((found) => found?.value !== undefined);
    if (score) rows.push([name, ...cells(score)]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  console.log("");
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] + 2)).join("").trimEnd());
  for (const warning of metrics.warnings) console.log(`\nwarning: ${warning}`);
}

function cells({ value, low, high, floor, n, unit, reason }: Score): string[] {
  const text = (number: number | null) => number === null ? "-" : number.toFixed(3);
  return [
    value === null ? `none: ${reason}` : text(value),
    low === null ? "-" : `${text(low)} to ${text(high)}`,
    text(floor),
    `${n} ${unit}s`,
  ];
}
