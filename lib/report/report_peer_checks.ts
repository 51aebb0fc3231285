import { expect } from "expect";
import type { Browser } from "playwright-core";
import { parseCsv } from "../files/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { writeFixtureRun } from "./fixture_run.ts";
import { playableSound } from "../pictures/mod.ts";
import { renderReport } from "./mod.ts";
import { openChromium } from "../testing/open_chromium.ts";
import { openReport } from "../testing/open_report.ts";
import { cutAt } from "../testing/page_faults.ts";
import { seeAll } from "../testing/see_all.ts";
import { seriousFindings } from "../testing/serious_findings.ts";

// The report in a real browser: opens from disk, asks for nothing, can be used by everyone, moves with its sound.

type Fixture = Parameters<typeof writeFixtureRun>[1];

async function withReport(fixture: Fixture, check: (browser: Browser, report: string) => Promise<void>) {
  const results = await Deno.makeTempDir();
  const browser = await openChromium();
  try {
    const run = await writeFixtureRun(results, fixture);
    await check(browser, await renderReport(run.folder));
  } finally {
    await browser.close();
    await Deno.remove(results, { recursive: true });
  }
}

const needs = { programs: ["chromium"] };
const FEW: Fixture = { subjects: 20, examples: 3, seconds: 2 };

peerCheck(
  "the report opens from disk, draws every figure, asks for nothing and complains of nothing",
  needs,
  () =>
    withReport(FEW, async (browser, report) => {
      const { page, complaints } = await openReport(browser, report);
      await seeAll(page);
      expect(await page.locator(".plot .main-svg").count()).toBeGreaterThanOrEqual(5);
      await page.getByRole("button", { name: "Switch between light and dark" }).click();
      await page.getByRole("button", { name: "Show where numbers come from" }).click();
      expect(complaints).toEqual([]);
    }),
);

peerCheck(
  "axe finds nothing serious in the report, on light and on dark paper",
  needs,
  () =>
    withReport(FEW, async (browser, report) => {
      const { page } = await openReport(browser, report);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await seeAll(page, colorScheme);
        expect([colorScheme, await seriousFindings(page)]).toEqual([colorScheme, []]);
      }
    }),
);

peerCheck(
  "the cursor of an error's player follows the sound, and a click on the picture goes there",
  needs,
  () =>
    withReport(FEW, async (browser, report) => {
      const { page, complaints } = await openReport(browser, report);
      const stack = page.locator(".error .stack").first();
      await stack.scrollIntoViewIfNeeded();
      const box = (await stack.boundingBox())!;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      const cursor = page.locator(".error .cursor").first();
      const left = () => cursor.evaluate((element) => Number.parseFloat(element.style.left));
      await page.waitForFunction(() => !document.querySelector("audio")!.paused);
      const before = await left();
      expect(before).toBeGreaterThanOrEqual(49);
      // It may take a moment before a sound that was sought is heard; a cursor that never moves fails by the browser's limit.
      await page.waitForFunction(
        (before) => Number.parseFloat(document.querySelector<HTMLElement>(".error .cursor")!.style.left) > before,
        before,
      );
      await expect(cursor.isVisible()).resolves.toBe(true);
      expect(complaints).toEqual([]);
    }),
);

peerCheck(
  "a browser plays the sounds of error cards at every rate that they have",
  needs,
  () =>
    withReport(FEW, async (browser, report) => {
      const { page } = await openReport(browser, report);
      const samples = Float32Array.from({ length: 6000 }, (_, i) => Math.sin(i / 9) / 2);
      for (const rate of [1000, 2000, 3500, 4000, 8000]) {
        const src = playableSound(samples, { from: rate, to: rate });
        const duration = await page.evaluate((src) => {
          const audio = new Audio(src);
          return new Promise<number | string>((resolve) => {
            audio.oncanplaythrough = () => resolve(audio.duration);
            audio.onerror = () => resolve(audio.error!.message);
          });
        }, src);
        expect(duration).toBeCloseTo(samples.length / rate, 2);
      }
    }),
);

peerCheck(
  "the overlay of where the network looked can be switched by keyboard",
  needs,
  () =>
    withReport(FEW, async (browser, report) => {
      const { page } = await openReport(browser, report);
      const button = page.locator("button.look").first();
      await button.focus();
      await page.keyboard.press("Enter");
      expect(await button.getAttribute("aria-pressed")).toBe("true");
      await expect(page.locator("img.heat").first().isVisible()).resolves.toBe(true);
    }),
);

peerCheck(
  "one epoch of all trainings is read off by slider and by pointing at the curves",
  needs,
  () =>
    withReport(FEW, async (browser, report) => {
      const { page, complaints } = await openReport(browser, report);
      await page.getByText("One epoch in figures").click();
      const curves = page.locator('[data-figure="figure-learning-curves"]');
      await curves.scrollIntoViewIfNeeded();
      await curves.locator(".main-svg").first().waitFor();
      const history = parseCsv(await Deno.readTextFile(report.replace("report.html", "history.csv")), "history.csv");
      // Read as text, not as laid out, which a busy machine may do later.
      const shows = (rows: string[][]) =>
        page.waitForFunction(
          (rows) =>
            JSON.stringify(
              [...document.querySelectorAll<HTMLTableRowElement>("#epoch-table tbody tr")].map(({ cells }) =>
                [...cells].map(({ textContent }) => textContent)
              ),
            ) === rows,
          JSON.stringify(rows),
        );
      const written = (epoch: number) =>
        history.filter((row) => Number(row.epoch) === epoch).map((row) => [
          `fold ${row.fold}, seed ${row.seed}`,
          ...[row.loss, row.validationLoss, row.validationScore].map((value) => Number(value).toFixed(3)),
        ]);
      await page.locator("#epoch").focus();
      await page.keyboard.press("Home");
      await shows(written(1));
      await page.keyboard.press("ArrowRight");
      await shows(written(2));
      const box = (await curves.locator(".nsewdrag").first().boundingBox())!;
      await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
      await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.5 * box.height, { steps: 5 });
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>("#epoch")!.value !== "2");
      await shows(written(Number(await page.locator("#epoch").inputValue())));
      expect(complaints).toEqual([]);
    }),
);

peerCheck("names with markup in them stay text in the browser, in plotly's figures too", needs, () =>
  withReport(
    {
      ...FEW,
      suffix: "<img src=x onerror=alert(1)><script>alert(2)</script>",
      classes: ["Normal", "Wheeze<img src=x onerror=alert(3)>"],
    },
    async (browser, report) => {
      const { page, complaints } = await openReport(browser, report);
      await seeAll(page);
      expect(await page.locator("img[src=x]").count()).toBe(0);
      expect(complaints).toEqual([]);
    },
  ));

peerCheck(
  "a report with 30 playable errors stays below 8 MB and shows its text first",
  needs,
  () =>
    withReport({ examples: 30, seconds: 10 }, async (browser, report) => {
      const bytes = (await Deno.stat(report)).size;
      const { page, complaints } = await openReport(browser, report);
      const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
      console.log(`30 errors of 10 s: ${(bytes / 1e6).toFixed(2)} MB, first content after ${Math.round(paint)} ms`);
      expect(bytes).toBeLessThan(8e6);
      expect(complaints).toEqual([]);
    }),
);

peerCheck(
  "the report fits a telephone and prints with every figure",
  needs,
  () =>
    withReport(FEW, async (browser, report) => {
      const { page } = await openReport(browser, report, { viewport: { width: 360, height: 740 } });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      for (const width of [390, 1400]) expect(await cutAt(page, width)).toEqual([]);
      const pdf = await page.pdf({ format: "A4" });
      expect(new TextDecoder().decode(pdf.subarray(0, 5))).toBe("%PDF-");
      const drawn = await page.evaluate(() => document.querySelectorAll(".plot .main-svg").length);
      expect(drawn).toBeGreaterThanOrEqual(5);
    }),
);
