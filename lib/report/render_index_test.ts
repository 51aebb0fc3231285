import { expect } from "expect";
import { float } from "../experiment/mod.ts";
import { openJournalStorage } from "../sweep/storage/journal_storage.ts";
import { writeFixtureRun } from "./fixture_run.ts";
import { renderIndex, renderReport } from "./mod.ts";

async function withResults(check: (results: string) => Promise<void>) {
  const results = await Deno.makeTempDir();
  try {
    await check(results);
  } finally {
    await Deno.remove(results, { recursive: true });
  }
}

const FEW = { subjects: 12, examples: 0 };

Deno.test("renderIndex() lists every run with its score, and links the reports that are there", () =>
  withResults(async (results) => {
    const one = await writeFixtureRun(results, { ...FEW, name: "lung/one" });
    await writeFixtureRun(results, { ...FEW, name: "heart/two", seed: 2 });
    await renderReport(one.folder);
    const page = await Deno.readTextFile(await renderIndex(results));
    expect(page).toContain("2 runs of 2 experiments");
    const { parts } = JSON.parse(await one.readText("metrics.json"));
    expect(page).toContain(parts.test.pooled.item["sprsound-1-2"].value.toFixed(3));
    // In the table, and on the axis of all runs.
    const address = `href="lung/one/20260102T030405Z-0a1b2c3d/report.html"`;
    expect(page.match(/href="[^"#]*report\.html"/g)).toEqual([address, address]);
  }));

Deno.test("renderIndex() shows a score by the unit that the experiment is read by, as the report does", () =>
  withResults(async (results) => {
    const run = await writeFixtureRun(results, FEW);
    const config = JSON.parse(await run.readText("config.json"));
    config.experiment.evaluation.unit = "subject";
    await run.writeJson("config.json", config);
    const metrics = JSON.parse(await run.readText("metrics.json"));
    const { pooled } = metrics.parts.test;
    pooled.subject = { "sprsound-1-2": { ...pooled.item["sprsound-1-2"], value: 0.25 } };
    await run.writeJson("metrics.json", metrics);
    expect(await Deno.readTextFile(await renderIndex(results))).toContain(">0.250<");
  }));

Deno.test("renderIndex() counts the subjects of all folds, which together judge each", () =>
  withResults(async (results) => {
    const { folder } = await writeFixtureRun(results, FEW);
    const { total, byPart } = JSON.parse(await Deno.readTextFile(`${folder}/data.json`));
    expect(total.subjects).toBe(12);
    expect(byPart.find(({ part }: { part: string }) => part === "test").subjects).toBeLessThan(12);
    expect(await Deno.readTextFile(await renderIndex(results))).toContain('<td class="n">12</td>');
  }));

Deno.test("renderIndex() draws a log loss that falls as a line that falls", () =>
  withResults(async (results) => {
    const run = await writeFixtureRun(results, FEW);
    const [header, first] = (await run.readText("history.csv")).split("\n");
    const columns = header.split(",");
    const row = (epoch: number, score: number) =>
      first.split(",").map((cell, i) =>
        columns[i] === "epoch" ? epoch : columns[i] === "validationScore" ? score : cell
      ).join(",");
    await run.write("history.csv", [header, row(1, -1.5), row(2, -1), row(3, -1.25)].join("\n") + "\n");
    expect(await Deno.readTextFile(await renderIndex(results))).toContain('points="0.0,24.0 50.0,0.0 100.0,12.0"');
  }));

Deno.test("renderIndex() of an empty folder says what to do", () =>
  withResults(async (results) => {
    expect(await Deno.readTextFile(await renderIndex(results))).toContain("deno task demo");
  }));

Deno.test("renderIndex() shows the other runs where one is damaged or unfinished", () =>
  withResults(async (results) => {
    const broken = await writeFixtureRun(results, { ...FEW, name: "lung/broken" });
    const young = await writeFixtureRun(results, { ...FEW, name: "lung/young" });
    await writeFixtureRun(results, { ...FEW, name: "lung/whole" });
    await broken.write("config.json", "{");
    await Deno.remove(young.path("metrics.json"));
    await young.writeJson("status.json", { version: 1, state: "running", folds: [], seconds: 3 });
    const page = await Deno.readTextFile(await renderIndex(results));
    expect(page).toMatch(/lung\/broken[^<]*<\/code>: Expected JSON/);
    expect(page).toContain("none yet");
    expect(page).toContain(">running<");
    expect(page).toContain("2 runs of 2 experiments");
  }));

Deno.test("renderIndex() shows sweeps as rows: the best trial, how many there were, and their reports", () =>
  withResults(async (results) => {
    const path = `${results}/sweeps/night/study.jsonl`;
    await Deno.mkdir(`${results}/sweeps/night`, { recursive: true });
    await Deno.mkdir(`${results}/sweeps/broken`);
    await Deno.writeTextFile(`${results}/sweeps/night/report.html`, "");
    await Deno.writeTextFile(`${results}/sweeps/broken/study.jsonl`, "no journal\n");
    const experiment = { name: "lung/one", dataset: { name: "sprsound" }, evaluation: { monitor: "balancedAccuracy" } };
    const storage = await openJournalStorage(path, {
      name: "night",
      direction: "maximize",
      space: { "model.dropout": float(0, 0.5) },
      experiment: JSON.stringify(experiment),
    });
    for (const value of [0.61, 0.735, 0.7]) {
      const trial = await storage.claim({
        worker: "w",
        limit: 9,
        isAbandoned: () => false,
        propose: () => ({ "model.dropout": 0.1 }),
      });
      await storage.finish(trial!, { state: "complete", value });
    }
    const page = await Deno.readTextFile(await renderIndex(results));
    expect(page).toContain('<a href="sweeps/night/report.html">sweep night</a>');
    expect(page).toContain("of lung/one");
    expect(page).toContain("Balanced accuracy, best on validation");
    expect(page).toContain('data-sort="0.735">0.735</td>');
    expect(page).toContain("3 trials from 0.610 to 0.735");
    expect(page.match(/class="trial"/g)!.length).toBe(3);
    expect(page).toContain("<code>sweeps/broken</code>");
  }));

Deno.test("renderIndex() says so where there is no such folder", async () => {
  await expect(renderIndex("results/there/is/none")).rejects.toThrow(/holds the runs but found no such folder/);
});

Deno.test("renderIndex() tells two tables of one name apart, and shows scores on other data beside their floors", () =>
  withResults(async (results) => {
    for (const [name, fingerprint] of [["own/a", "a1b2c3d4"], ["own/b", "0f0f0f0f"]]) {
      const run = await writeFixtureRun(results, { ...FEW, name });
      const data = JSON.parse(await run.readText("data.json"));
      await run.writeJson("data.json", { ...data, dataset: "csv", title: "mine", fingerprint });
      if (name === "own/b") continue;
      const { parts, ...metrics } = JSON.parse(await run.readText("metrics.json"));
      parts.test.pooled.item["sprsound-1-2"] = {
        ...parts.test.pooled.item["sprsound-1-2"],
        value: 0.432,
        floor: 0.234,
      };
      await run.writeJson("evaluations/ward-3/metrics.json", { ...metrics, parts: { "ward-3": parts.test } });
    }
    const page = await Deno.readTextFile(await renderIndex(results));
    expect(page).toContain("<td>mine (a1b2c3)</td>");
    expect(page).toContain("<td>mine (0f0f0f)</td>");
    expect(page).toMatch(/evaluations\/ward-3\/report\.html">ward-3<\/a>\s*0\.432<span[^>]*>, floor 0\.234/);
  }));
