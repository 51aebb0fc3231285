// Report and live page, until a reader has what he came for: deno task bench --only predict
import type { Browser, Page } from "playwright-core";
import { pathToFileURL } from "node:url";
import { writeFixtureRun } from "../lib/report/fixture_run.ts";
import { liveScript, renderLivePage, renderReport } from "../lib/report/mod.ts";
import { openChromium } from "../lib/testing/open_chromium.ts";
import type { BenchRow } from "./bench_row.ts";
import { predictSetting } from "./predict_setting.ts";

/** Options of {@linkcode pagesBench}. */
export interface PagesBenchOptions {
  onProgress?: (line: string) => void;
}

/** Repetitions, of which the median counts. */
const TIMES = 3;

const WHAT = { bench: "predict", threads: 1, peer: null, theirs: null, ratio: null } as const;

/** Seconds until a report is written, seen and can be used, and until the live page answers. */
export async function pagesBench({ onProgress }: PagesBenchOptions = {}): Promise<BenchRow[]> {
  const folder = await Deno.makeTempDir({ prefix: "bench-pages-" });
  const browser = await openChromium();
  try {
    return [
      ...await reportRows(browser, folder, onProgress),
      ...await liveRows(browser, onProgress),
    ];
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function reportRows(browser: Browser, results: string, onProgress?: (line: string) => void): Promise<BenchRow[]> {
  onProgress?.("pages: the report");
  const run = await writeFixtureRun(results, { examples: 30, seconds: 15 });
  const written: number[] = [], shown: number[] = [], obeyed: number[] = [];
  let path = "";
  for (let i = 0; i < TIMES; i++) {
    written.push(await secondsOf(async () => path = await renderReport(run.folder)));
    const page = await browser.newPage();
    obeyed.push(await secondsOf(() => openAndClick(page, path)));
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
    shown.push(paint / 1000);
    await page.close();
  }
  const row = (setting: string, ours: number, unit = "s") => ({ ...WHAT, model: "report", setting, ours, unit });
  return [
    row("written, 30 playable errors of 15 s", median(written)),
    row("its size", (await Deno.stat(path)).size / 1e6, "MB"),
    row("until its text shows", median(shown)),
    row("until a click is obeyed", median(obeyed)),
  ];
}

/** Opens the page, and asks it to show where numbers come from as soon as it can be asked. */
async function openAndClick(page: Page, path: string): Promise<void> {
  await page.goto(pathToFileURL(path).href, { waitUntil: "commit" });
  const button = page.getByRole("button", { name: "Show where numbers come from" });
  await button.click();
  await page.waitForFunction(() => document.querySelector("button[aria-pressed=true]") !== null);
}

async function liveRows(browser: Browser, onProgress?: (line: string) => void): Promise<BenchRow[]> {
  onProgress?.("pages: the live page");
  const { folder, bundle, sounds } = await predictSetting({ count: TIMES });
  try {
    const path = await renderLivePage(bundle.slice(0, -"/model".length), { script: await liveScript() });
    const page = await browser.newPage();
    const ready = await secondsOf(async () => {
      await page.goto(pathToFileURL(path).href);
      await page.getByText("Ready.").waitFor();
    });
    const answered: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      answered.push(
        await secondsOf(async () => {
          await page.locator("#file").setInputFiles(sounds[i]);
          await page.locator(".error.live").nth(i).waitFor();
        }),
      );
    }
    const row = (setting: string, ours: number) => ({ ...WHAT, model: "live page", setting, ours, unit: "s" });
    return [
      row("until it is ready", ready),
      row("answer to the first recording, explanation included", answered[0]),
      row("answer to the next ones", median(answered.slice(1))),
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

if (import.meta.main) console.table(await pagesBench({ onProgress: console.error }));
