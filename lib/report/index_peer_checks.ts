import { expect } from "expect";
import type { Browser } from "playwright-core";
import { peerCheck } from "../testing/mod.ts";
import { openChromium } from "../testing/open_chromium.ts";
import { openReport } from "../testing/open_report.ts";
import { cutAt, WIDTHS } from "../testing/page_faults.ts";
import { seriousFindings } from "../testing/serious_findings.ts";
import { writeFixtureRun } from "./fixture_run.ts";
import { renderIndex } from "./mod.ts";

// The index of runs in a real browser.

const needs = { programs: ["chromium"] };

async function withResults(check: (browser: Browser, results: string) => Promise<void>) {
  const results = await Deno.makeTempDir();
  const browser = await openChromium();
  try {
    await check(browser, results);
  } finally {
    await browser.close();
    await Deno.remove(results, { recursive: true });
  }
}

peerCheck("the index of runs sorts, filters and compares, with no request and no complaint", needs, async () => {
  await withResults(async (browser, results) => {
    await writeFixtureRun(results, { subjects: 20, examples: 0, name: "lung/one" });
    await writeFixtureRun(results, { subjects: 20, examples: 0, name: "heart/two<b>", seed: 2 });
    const { page, complaints } = await openReport(browser, await renderIndex(results));
    const names = () => page.locator("#run-table tbody tr:visible th").allInnerTexts();
    await page.getByRole("button", { name: "experiment" }).click();
    expect((await names()).map((name) => name.trim().split("\n")[0])).toEqual(["heart/two<b>", "lung/one"]);
    await page.getByRole("button", { name: "experiment" }).click();
    expect((await names()).map((name) => name.trim().split("\n")[0])).toEqual(["lung/one", "heart/two<b>"]);
    for (const box of await page.locator("input.compare").all()) await box.check();
    expect(await page.locator("#comparison-table table").count()).toBe(2);
    const comparison = await page.locator("#comparison-table").innerText();
    expect(comparison).toContain("SPRSound 1-2 Score");
    expect(comparison).toContain("Judged on different items");
    await page.locator("#filter").fill("heart");
    expect(await names()).toHaveLength(1);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await seriousFindings(page)]).toEqual([colorScheme, []]);
    }
    expect(complaints).toEqual([]);
  });
});

peerCheck("all runs of a question stand on one axis with their intervals, floors and what differs", needs, async () => {
  await withResults(async (browser, results) => {
    const few = { subjects: 20, examples: 0 };
    const one = await writeFixtureRun(results, { ...few, name: "lung/one" });
    const two = await writeFixtureRun(results, { ...few, name: "lung/two" });
    await writeFixtureRun(results, { ...few, name: "lung/three<b>", seed: 2 });
    const config = JSON.parse(await two.readText("config.json"));
    config.experiment.model.dropout = 0.12345;
    await two.writeJson("config.json", config);
    const { page, complaints } = await openReport(browser, await renderIndex(results));
    const rows = page.locator("#runs-chart tbody tr[data-folder]:visible");
    expect(await rows.count()).toBe(3);
    const items = await page.locator("#runs-chart tr.items").allInnerTexts();
    expect(items.map((text) => text.replace(/[\d,]+ items/, "n items"))).toEqual([
      "Judged on the same n items of 20 subjects",
      "Judged on n items of 20 subjects",
    ]);
    expect(await page.locator("#runs-chart .note:visible").innerText()).toContain("different items");

    const { parts } = JSON.parse(await one.readText("metrics.json"));
    const { value, low, high, floor } = parts.test.pooled.item["sprsound-1-2"];
    const row = page.locator('#runs-chart tr[data-folder^="lung/one"]');
    for (const figure of [value, low, high, floor]) expect(await row.innerText()).toContain(figure.toFixed(3));
    // Mark, interval and floor lie as their figures do: on one line through the ticks of the axis.
    const share = (of: string, name: string) =>
      row.locator(`.forest:visible ${of}`).first().evaluate(
        (made, name) => Number.parseFloat(made.getAttribute(name)!),
        name,
      );
    const at = { value: await share("> svg", "x"), low: await share(".interval", "x1") };
    const ends = { high: await share(".interval", "x2"), floor: await share("line.floor", "x1") };
    const scale = (ends.high - at.low) / (high - low);
    expect(Math.abs(at.value - at.low - scale * (value - low))).toBeLessThan(0.02); // places are rounded to 0.01
    expect(Math.abs(ends.floor - at.low - scale * (floor - low))).toBeLessThan(
      0.02 * Math.max(1, (low - floor) / (high - low)),
    );

    await page.locator("#runs-chart [name=colour]:visible").selectOption("dropout");
    expect(await page.locator("#runs-chart .keys:visible").innerText()).toMatch(/0\.1235\s*\(1\)\s*0\.3\s*\(2\)/);
    await page.locator("#runs-chart [name=score]:visible").selectOption("Log loss");
    expect(await page.locator("#runs-chart thead:visible").innerText()).toContain("less is better");
    await page.locator("#filter").fill("lung/two");
    expect(await rows.count()).toBe(1);
    await page.locator("#filter").fill("no such run");
    expect(await page.locator("#runs-chart").innerText()).toContain("No run that was judged");
    await page.locator("#filter").fill("");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await seriousFindings(page)]).toEqual([colorScheme, []]);
    }
    // Whatever the axis: a label may stand at its very end.
    for (const score of await page.locator("#runs-chart [name=score]:visible option").allInnerTexts()) {
      await page.locator("#runs-chart [name=score]:visible").selectOption(score);
      for (const width of WIDTHS) expect([score, await cutAt(page, width)]).toEqual([score, []]);
    }
    expect(complaints).toEqual([]);
  });
});
