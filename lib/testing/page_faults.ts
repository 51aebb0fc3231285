// Opens reports of real runs in Chromium, as a reader would, and says what is wrong with them. For CI:
//
//   deno run -P=peers lib/testing/page_faults.ts results/lung/sprsound_events/…/report.html …
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { openChromium } from "./open_chromium.ts";
import { openReport } from "./open_report.ts";
import { seeAll } from "./see_all.ts";
import { seriousFindings } from "./serious_findings.ts";

/** What is wrong with a page from disk: complaints, requests, figures that aren't drawn, findings of axe, too wide a page. */
export async function pageFaults(path: string): Promise<string[]> {
  const browser = await openChromium();
  try {
    const { page, complaints } = await openReport(browser, resolve(path));
    const faults: string[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await seeAll(page, colorScheme).catch(() => faults.push(`${colorScheme}: a figure is not drawn`));
      faults.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`));
    }
    for (const width of WIDTHS) faults.push(...await cutAt(page, width));
    return [...complaints, ...faults];
  } finally {
    await browser.close();
  }
}

/** px: two telephones, a tablet, a laptop, a desk's screen. */
export const WIDTHS = [360, 390, 768, 1400, 1900];

/** What doesn't fit at a width, with everything unfolded, and without and with the places that numbers come from. */
export async function cutAt(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate(() => document.querySelectorAll("details").forEach((folded) => folded.open = true));
  const faults: string[] = [];
  for (const traced of [false, true]) {
    await page.evaluate((traced) => document.documentElement.dataset.trace = String(traced), traced);
    const found = await settled(page);
    faults.push(...found.map((what) => `at ${width} px${traced ? ", traced," : ""} ${what}`));
  }
  await page.evaluate(() => delete document.documentElement.dataset.trace);
  return faults;
}

/** Figures and tables take their new width one after another: what is still cut after that. */
async function settled(page: Page): Promise<string[]> {
  let found = await page.evaluate(whatIsCut);
  for (let tries = 0; found.length > 0 && tries < 20; tries++) {
    await page.waitForTimeout(100);
    found = await page.evaluate(whatIsCut);
  }
  return found;
}

/** Runs in the page: elements whose content is wider than they are. */
function whatIsCut(): string[] {
  const root = document.documentElement;
  const page = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth - innerWidth} px too wide`] : [];
  const places = [...document.querySelectorAll(".scroll, th, td, .tile, .note, figure, .error, button")];
  return page.concat(
    places.filter((place) => place.clientWidth > 0 && place.scrollWidth > place.clientWidth + 1).map((place) =>
      `${place.ariaLabel ?? place.localName} "${place.textContent?.trim().slice(0, 40)}" is cut`
    ),
  );
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
