// Opens reports of real runs in Chromium, as a reader would, and says what is wrong with them. For CI:
//
//   deno run -P=peers lib/report/page_faults.ts results/lung/sprsound_events/…/report.html …
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { openChromium } from "./open_chromium.ts";
import { openReport } from "./open_report.ts";
import { seriousFindings } from "./serious_findings.ts";

/** What is wrong with a page from disk: complaints, requests, figures that aren't drawn, findings of axe, too wide a page. */
export async function pageFaults(path: string): Promise<string[]> {
  const browser = await openChromium();
  try {
    const { page, complaints } = await openReport(browser, resolve(path));
    const faults = [...await undrawnFigures(page)];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForFunction(
        (paper) => [...document.querySelectorAll<HTMLElement>(".plot")].every(({ dataset }) => dataset.drawn === paper),
        colorScheme,
      );
      faults.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`));
    }
    await page.setViewportSize({ width: 360, height: 740 });
    const tooWide = () => document.documentElement.scrollWidth - innerWidth;
    // Figures take their new width one after another.
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth).catch(async () => {
      faults.push(`on a telephone it is ${await page.evaluate(tooWide)} px too wide`);
    });
    return [...complaints, ...faults];
  } finally {
    await browser.close();
  }
}

/** Goes through the page, so that every figure is drawn; those that aren't. */
async function undrawnFigures(page: Page): Promise<string[]> {
  for (const plot of await page.locator(".plot").all()) await plot.scrollIntoViewIfNeeded();
  const drawn = () => [...document.querySelectorAll(".plot")].every((plot) => plot.querySelector(".main-svg") !== null);
  return await page.waitForFunction(drawn).then(() => [], () => ["a figure is not drawn"]);
}

if (import.meta.main) {
  let sound = true;
  for (const path of Deno.args) {
    const faults = await pageFaults(path);
    console.log(`${path}: ${faults.length === 0 ? "opens, draws and complains of nothing" : faults.join("; ")}`);
    sound &&= faults.length === 0;
  }
  if (!sound || Deno.args.length === 0) Deno.exit(1);
}
