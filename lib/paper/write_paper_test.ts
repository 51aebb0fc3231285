import { expect } from "expect";
import { join } from "node:path";
import { writeFixtureRun } from "../report/fixture_run.ts";
import { paperTables } from "./contents/paper_tables.ts";
import { writePaper } from "./mod.ts";
import { readPaperRuns } from "./paper_run.ts";

async function withFolder(check: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("paperTables() compares runs in pairs only where they judged the same items of the same data in the same folds", async () => {
  await withFolder(async (folder) => {
    const runs = [
      await writeFixtureRun(join(folder, "a"), { subjects: 12, examples: 1, seconds: 1 }),
      await writeFixtureRun(join(folder, "b"), { subjects: 12, examples: 1, seconds: 1 }),
      await writeFixtureRun(join(folder, "c"), { subjects: 13, examples: 1, seconds: 1 }),
      await writeFixtureRun(join(folder, "d"), { subjects: 12, examples: 1, seconds: 1, name: "lung/other" }),
    ];
    const data = await runs[3].data();
    await runs[3].save("data", { ...data, fingerprint: "other" });
    const { tables, apart: notes } = paperTables(await readPaperRuns(runs));
    const comparisons = tables.filter(({ name }) => name.startsWith("comparison"));
    expect(comparisons.map(({ rows }) => rows.length)).toEqual([1]);
    expect(comparisons[0].rows[0][0]).toMatch(/, run 2$/);
    expect(notes.filter((note) => /not compared/.test(note))).toHaveLength(2);
    expect(notes.join("\n")).toMatch(/run 3” is not compared .*folds differ/);
    // Of a run that another program made no folds are known: the same items are all that pairing needs.
    const config = await runs[3].config();
    await runs[3].save("config", { ...config, imported: { file: "theirs.csv", sha256: "ab".repeat(32) } });
    const [comparison] = paperTables(await readPaperRuns(runs)).tables.filter(({ name }) => name.startsWith("compar"));
    expect(comparison.rows).toHaveLength(2);
    // Runs that answer alike have no p, and are none of the comparisons that Holm corrects for.
    expect(comparison.notes!.join()).toMatch(/for 0 comparisons .*another program/);
  });
});

Deno.test("writePaper() writes what a run without metrics has, and names what is missing", async () => {
  await withFolder(async (folder) => {
    const run = await writeFixtureRun(join(folder, "a"), { subjects: 12, examples: 1, seconds: 1 });
    await Deno.remove(run.path("metrics.json"));
    const { files, notes } = await writePaper(await readPaperRuns([run]), join(folder, "paper"));
    expect(files.some((name) => name.startsWith("tables/subjects-"))).toBe(true);
    expect(files).not.toContain("tables/scores.tex");
    expect(notes.some((note) => /metrics\.json: It is missing/.test(note))).toBe(true);
  });
});
