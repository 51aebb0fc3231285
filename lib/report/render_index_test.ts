import { expect } from "expect";
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
    expect(page.match(/href="[^"#]*report\.html"/g)).toEqual([
      `href="lung/one/20260102T030405Z-0a1b2c3d/report.html"`,
    ]);
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

Deno.test("renderIndex() says so where there is no such folder", async () => {
  await expect(renderIndex("results/there/is/none")).rejects.toThrow(/holds the runs but found no such folder/);
});
