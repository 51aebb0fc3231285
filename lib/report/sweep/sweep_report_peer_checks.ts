import { expect } from "expect";
import { peerCheck } from "../../testing/mod.ts";
import { openChromium } from "../../testing/open_chromium.ts";
import { openReport } from "../../testing/open_report.ts";
import { seeAll } from "../../testing/see_all.ts";
import { seriousFindings } from "../../testing/serious_findings.ts";
import { fixtureSweep, writeFixtureJudgedRuns } from "./fixture_sweep.ts";
import { renderSweepReport } from "./mod.ts";

// The sweep's page in a real browser: opens from disk, asks for nothing, can be used by everyone.

peerCheck(
  "the sweep's page draws every figure, asks for nothing, complains of nothing, and axe finds nothing on any paper",
  { programs: ["chromium"] },
  async () => {
    const results = await Deno.makeTempDir();
    const browser = await openChromium();
    try {
      const sweep = fixtureSweep({ suffix: " <img src=x onerror=alert(1)>" });
      await writeFixtureJudgedRuns(results, sweep);
      const report = await renderSweepReport(sweep, { folder: `${results}/sweeps/one`, results });
      const { page, complaints } = await openReport(browser, report, { colorScheme: "light" });
      await seeAll(page, "light");
      // History, parallel coordinates, curves, timeline, importances, contour and five slices.
      expect(await page.locator(".plot .main-svg").count()).toBeGreaterThanOrEqual(11);
      expect(await seriousFindings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      await seeAll(page, "dark");
      expect(await seriousFindings(page)).toEqual([]);

      // By keyboard: the table of trials is sorted by its value, then the other way round.
      const values = () => page.locator("#trial-table tbody td:nth-child(3)").allInnerTexts();
      const sort = page.locator("#trial-table").getByRole("button", { name: "Balanced accuracy" });
      await sort.focus();
      await page.keyboard.press("Enter");
      const numbers = (await values()).filter((text) => text !== "–").map(Number);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));

      await page.setViewportSize({ width: 360, height: 740 });
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      await Deno.remove(results, { recursive: true });
    }
  },
);
