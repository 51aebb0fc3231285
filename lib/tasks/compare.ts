import { Command } from "@commander-js/extra-typings";
import { keepRights } from "./keep_rights.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task compare")
  .description("Compares a run with others on the test items that both judged, subject by subject.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run")
  .argument("<others...>", "the runs to compare it with")
  .option("--all", "every score, not only those that matter most")
  .option("--json", "the whole comparison as JSON")
  .option("--out <folder>", "where the report goes", "results/comparisons")
  .action(async (first, others, options) => {
    await keepRights({ read: [first, ...others], write: [options.out] });
    const { join } = await import("node:path");
    const { UsageError } = await import("../errors/mod.ts");
    const { compareRuns, rankAcrossFolds } = await import("../evaluation/mod.ts");
    const { headlineScores, overallScores, scoreKey } = await import("../scores/mod.ts");
    const { writeAtomic } = await import("../files/mod.ts");
    const { comparisonName, describeComparison, describeRanks } = await import("./describe_comparison.ts");
    const { readUnits } = await import("./read_tests.ts");
    const a = await readUnits(first);
    const runs = [a];
    const sections: string[] = [];
    for (const other of others) {
      const b = await readUnits(other, a.unit);
      if (a.classes.join("\n") !== b.classes.join("\n")) {
        const expected = `runs of the classes ${a.classes.join(", ")}`;
        const remedy = "compare runs of the same task";
        throw new UsageError({ expected, found: b.classes.join(", "), where: b.folder, remedy });
      }
      runs.push(b);
      const comparison = compareRuns(a.tests, b.tests, { classes: a.classes, scores: a.scores });
      if (options.json) console.log(JSON.stringify({ first: a.folder, second: b.folder, ...comparison }));
      sections.push(describeComparison(comparison, {
        first: a.folder,
        second: b.folder,
        unit: a.unit,
        wanted: [...a.scores.map(scoreKey), ...overallScores],
        all: options.all,
      }));
    }
    const wanted = a.scores.length > 0 ? a.scores.map(scoreKey) : headlineScores.slice(0, 1);
    const ranks = rankAcrossFolds(runs.map(({ tests }) => tests), { classes: a.classes, asked: a.scores });
    sections.push(...describeRanks(ranks, { folders: runs.map(({ folder }) => folder), wanted }));
    if (!options.json) console.log(sections.join("\n"));
    const path = join(options.out, `${comparisonName(runs.map(({ folder }) => folder))}.md`);
    await writeAtomic(path, `# Comparison of runs\n\n${sections.join("\n")}`);
    if (!options.json) console.log(`Report: ${path}`);
  });

await runTask(command);
