import { Command } from "commander";
import type { RunComparison } from "../evaluation/mod.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task compare")
  .description("Compares a run with others on the test items that both judged, subject by subject.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run")
  .argument("<others...>", "the runs to compare it with")
  .option("--all", "every score, not only those that matter most")
  .option("--json", "the whole comparison as JSON")
  .action(async (first: string, others: string[], options: { all?: true; json?: true }) => {
    const { UsageError } = await import("../errors/mod.ts");
    const { compareRuns } = await import("../evaluation/mod.ts");
    const { openRun, parsePredictions, runConfig } = await import("../runs/mod.ts");
    const read = async (folder: string) => {
      const run = await openRun(folder);
      const { predictions, classes } = parsePredictions(
        await run.readText("predictions.csv"),
        run.path("predictions.csv"),
      );
      const { experiment } = await run.readJson("config.json", runConfig);
      const { scores } = experiment.evaluation as { scores: string[] };
      return { folder: run.folder, classes, scores, tests: predictions.filter(({ part }) => part !== "validation") };
    };
    const a = await read(first);
    for (const other of others) {
      const b = await read(other);
      if (a.classes.join("\n") !== b.classes.join("\n")) {
        throw new UsageError({
          expected: `runs of the classes ${a.classes.join(", ")}`,
          found: b.classes.join(", "),
          where: b.folder,
          remedy: "compare runs of the same task",
        });
      }
      const comparison = compareRuns(a.tests, b.tests, { classes: a.classes, scores: a.scores, seed: 0 });
      if (options.json) console.log(JSON.stringify({ first: a.folder, second: b.folder, ...comparison }));
      else {print(comparison, {
          first: a.folder,
          second: b.folder,
          wanted: options.all ? null : [...a.scores, ...USUAL],
        });}
    }
  });

const USUAL = ["accuracy", "balancedAccuracy", "f1Macro", "mcc", "rocAuc"];

function print(
  { items, subjects, differences, mcnemar, delong, acrossFolds, warnings }: RunComparison,
  { first, second, wanted }: { first: string; second: string; wanted: string[] | null },
): void {
  console.log(`first   ${first}\nsecond  ${second}\n${items} items of ${subjects} subjects that both judged\n`);
  const number = (value: number | null) => value === null ? "-" : value.toFixed(3);
  const rows = [["score", "first", "second", "difference", "95 % interval", "p", "better"]];
  for (const one of differences.filter(({ score }) => wanted === null || wanted.includes(score))) {
    const interval = one.low === null ? "-" : `${number(one.low)} to ${number(one.high)}`;
    const values = [number(one.first), number(one.second), number(one.difference)];
    rows.push([one.score, ...values, interval, number(one.p), one.better ?? "can't be told"]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] + 2)).join("").trimEnd());
  console.log(
    `\nright in one only: first ${mcnemar.firstOnly}, second ${mcnemar.secondOnly} (McNemar, p ${number(mcnemar.p)})`,
  );
  if (delong) console.log(`ROC AUC by item: difference ${number(delong.difference)} (DeLong, p ${number(delong.p)})`);
  for (
    const [score, { difference, p }] of Object.entries(acrossFolds).filter(([name]) => wanted?.includes(name) ?? true)
  ) {
    console.log(`${score} across folds: difference ${number(difference)} (corrected t-test, p ${number(p)})`);
  }
  for (const warning of warnings) console.log(`warning: ${warning}`);
  console.log("");
}

await runTask(command);
