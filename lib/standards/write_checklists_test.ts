import { expect } from "expect";
import { join } from "node:path";
import { parseCsv } from "../files/mod.ts";
import { writeFixtureRun } from "../report/fixture_run.ts";
import { readPaperRuns } from "../paper/mod.ts";
import type { Run } from "../runs/mod.ts";
import { writeChecklists } from "./mod.ts";

async function withRun(check: (run: Run, folder: string) => Promise<void>, suffix = ""): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await check(
      await writeFixtureRun(join(folder, "results"), { subjects: 24, examples: 0, suffix }),
      join(folder, "paper"),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function rowsOf(folder: string, name: string): Promise<Record<string, string>[]> {
  const path = join(folder, "checklists", `${name}.csv`);
  return parseCsv(await Deno.readTextFile(path), path, { marked: true });
}

Deno.test("writeChecklists() asks every item of the standards, each once", async () => {
  await withRun(async (run, folder) => {
    await writeChecklists(await readPaperRuns([run]), folder);
    const numbers = async (name: string) => (await rowsOf(folder, name)).map(({ item }) => item);
    const whole = (items: string[]) => [...new Set(items.map((item) => parseInt(item)))];
    const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
    const tripod = await numbers("tripod-ai"), stard = await numbers("stard-ai"), probast = await numbers("probast-ai");
    expect([new Set(tripod).size, whole(tripod)]).toEqual([52, upTo(27)]); // Collins et al. 2024, table 2
    expect([new Set(stard).size, whole(stard)]).toEqual([48, upTo(40)]); // Sounderajah et al. 2025, table 2
    expect(probast.filter((item) => item.startsWith("D"))).toHaveLength(16); // Moons et al. 2025
    expect(probast.filter((item) => item.startsWith("E"))).toHaveLength(18);
    expect(new Set(probast).size).toBe(34);
  });
});

Deno.test("every row has an answer with file and key, or says whose it is", async () => {
  await withRun(async (run, folder) => {
    await writeChecklists(await readPaperRuns([run]), folder);
    for (const name of ["tripod-ai", "stard-ai", "probast-ai", "claim-data"]) {
      for (const row of await rowsOf(folder, name)) {
        if (row.answer === "") expect(row.yours).not.toBe("");
        else expect(row["file and key"]).toMatch(/\.(json|csv)|bundle|evaluations/);
      }
    }
    const performance = (await rowsOf(folder, "tripod-ai")).find(({ item }) => item === "23a")!;
    const { value } = (await run.metrics()).parts.test.pooled.item!["sprsound-1-2"];
    expect(performance.answer).toContain(value!.toFixed(3));
  });
});

Deno.test("the self-audit finds a subject on two sides, a score at its floor and too few subjects, and the questions fail", async () => {
  await withRun(async (run, folder) => {
    const { folds } = await run.splits();
    folds[0].train.push(folds[0].test[0]);
    await run.save("splits", { version: 1, folds });
    const metrics = await run.metrics();
    const score = metrics.parts.test.pooled.item!["sprsound-1-2"];
    score.floor = score.value;
    await run.save("metrics", metrics);
    await writeChecklists(await readPaperRuns([run]), folder);
    const found = await rowsOf(folder, "self-audit");
    const about = (question: string) => found.filter(({ questions }) => questions.split(", ").includes(question));
    expect(about("E4.5")[0]).toMatchObject({ judged: "no" });
    expect(about("E4.5")[0].found).toContain("1 subject on two sides");
    expect(about("E4.7").some(({ found }) => /no better than/.test(found))).toBe(true);
    const labels = Map.groupBy((await run.predictions()).predictions, ({ label }) => label);
    const wheezers = new Set(labels.get("Wheeze")!.map(({ subject }) => subject)).size;
    expect(about("E4.2")[0].found).toContain(`Wheeze ${wheezers}`);
    const judged = new Map((await rowsOf(folder, "probast-ai")).map((row) => [row.item, row.judged]));
    expect([judged.get("E4.1"), judged.get("E4.5"), judged.get("E4.7")]).toEqual(["no", "no", "no"]);
    expect(judged.get("E4.6")).toBe("yes"); // three folds
  });
});

Deno.test("what is missing is named, and what is there is told; names are text", async () => {
  const name = ' <b>&%_"müde=';
  await withRun(async (run, folder) => {
    await Deno.remove(run.path("metrics.json"));
    const written = await writeChecklists(await readPaperRuns([run]), folder);
    expect(written).toContain("checklists/tripod-ai.html");
    const rows = await rowsOf(folder, "tripod-ai");
    const row = (item: string) => rows.find((row) => row.item === item)!;
    expect(row("23a")["file and key"]).toContain("metrics.json, which is missing");
    expect(row("6a").answer).toContain(`site a${name}`);
    const page = await Deno.readTextFile(join(folder, "checklists/tripod-ai.html"));
    expect(page).not.toContain("<b>&");
    expect(page).toContain("&lt;b&gt;");
  }, name);
});
