import { expect } from "expect";
import type { Page } from "playwright-core";
import { generateSynthetic, loadDataset } from "../../datasets/mod.ts";
import { formatCsv } from "../../files/mod.ts";
import {
  agreement,
  formatVerdicts,
  itemKey,
  listeningTable,
  makeQueue,
  mergeVerdicts,
  readVerdicts,
} from "../../listening/mod.ts";
import { makeListenData, renderListenPage } from "../../report/mod.ts";
import { peerCheck } from "../../testing/mod.ts";
import { openChromium } from "../../testing/open_chromium.ts";
import { openReport } from "../../testing/open_report.ts";
import { cutAt } from "../../testing/page_faults.ts";
import { seriousFindings } from "../../testing/serious_findings.ts";
import { trained } from "./fixture_training.ts";
import { servePage } from "./serve_page.ts";

const HTML = "<img src=x onerror=alert(1)>";
const CLASSES = ["healthy", `murmur ${HTML}`];

/** Twenty-four sounds of synthetic hearts, and what some network says of them. */
async function listened(folder: string) {
  await generateSynthetic(folder, { subjects: 12, kind: "heart", recordings: 2, unusable: 0, seed: 5 });
  const manifest = await loadDataset("synthetic", { folder, task: "murmur-2" });
  const named = manifest.rows.slice(0, 24).map((row, i) => ({
    ...row,
    label: CLASSES[Number(row.label === "murmur")],
    probabilities: [i / 24, 1 - i / 24],
  }));
  const rows = named.map(({ recording: path, subject, label }) => ({ path, subject, label }));
  await Deno.writeTextFile(`${folder}/manifest.csv`, formatCsv(rows));
  const predictions = named.map((row) => ({ ...row, ...{ fold: 0, seed: 0, part: "test", predicted: CLASSES[0] } }));
  const values = Float64Array.from(named.keys());
  const table = listeningTable({ classes: CLASSES, rows: named, predictions, features: { values, width: 1 } });
  const source = { title: `Hearts ${HTML}`, key: "check", manifest, table, sound: "heart" as const };
  const queue = makeQueue("random", table, { n: 22, seed: 0 });
  return { queue, data: await makeListenData(source, { queue, kind: "random", blind: true }) };
}

const progress = (page: Page) => page.locator(".progress p").innerText();

async function begin(page: Page, rater: string) {
  await page.waitForSelector("#rater");
  await page.keyboard.press("Tab"); // skip link
  await page.locator("#rater").focus();
  await page.keyboard.type(rater);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#listen .mel img");
}

/** A verdict on each of some sounds, by keys alone. */
async function judge(page: Page, count: number) {
  for (let i = 0; i < count; i++) {
    await page.keyboard.press(["1", "2", "0"][i % 3 === 2 && i < 6 ? 2 : i % 2]);
    await page.keyboard.press("Enter");
  }
}

peerCheck("twenty sounds are judged by keys, events are drawn, and nothing is lost on the way to the file", {
  programs: ["chromium"],
}, async () => {
  const folder = await Deno.makeTempDir();
  const verdicts = `${folder}/out/verdicts.csv`;
  const { data, queue } = await listened(folder);
  const text = await renderListenPage(data);
  let served = await servePage({ page: text, verdicts });
  const browser = await openChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      return dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(served.url)) complaints.push(request.url());
    });
    await page.goto(served.url);
    await begin(page, "Anna");
    expect(await page.locator(".given").innerText()).toContain("hidden");
    expect(await page.locator("#listen").innerText()).not.toContain(queue[0].recording);

    // By keyboard: an event is begun, ended, moved, stretched; by the mouse: another is drawn.
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("e");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("e");
    const drawn = () => page.locator(".mark").first().getAttribute("aria-label");
    const before = await drawn();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    expect(await drawn()).not.toBe(before);
    await page.keyboard.press("Escape");
    const box = (await page.locator("#listen .events").boundingBox())!;
    await page.mouse.move(box.x + 0.8 * box.width, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.9 * box.width, box.y + 80, { steps: 4 });
    await page.mouse.up();
    expect(await page.locator(".mark").count()).toBe(2);
    await page.keyboard.press("m");
    await page.keyboard.type(`loud, ${HTML}`);
    await page.keyboard.press("Escape");
    await page.keyboard.press("c");
    await judge(page, 12);
    expect(await progress(page)).toContain("Sound 13 of 22");

    // The disk is full for a while: the page says so, keeps all, and sends it again by itself.
    await page.route("**/verdicts", (route) => route.fulfill({ status: 507, body: "The disk is full." }));
    await judge(page, 4);
    await page.waitForFunction(() =>
      document.querySelector("[role=alert]")?.textContent?.includes("The disk is full.")
    );
    await page.unroute("**/verdicts");

    // The command is stopped while verdicts are given, and started again.
    const { url } = served;
    await served.close();
    await judge(page, 4);
    await page.waitForFunction(() => document.querySelector("[role=alert]")?.textContent?.includes("doesn't answer"));
    served = await servePage({ page: text, verdicts });
    expect(served.url).toBe(url);
    await page.waitForFunction(() => document.querySelector(".kept")?.textContent?.includes("All verdicts are in"));
    expect(await page.locator(".progress .judged").count()).toBe(20);

    // The file is lost: the browser has kept what was sent, and sends it again with the next opening of the page.
    await Deno.remove(verdicts);

    // A second tab says so; after both were closed the listener goes on where she was.
    const second = await context.newPage();
    await second.goto(served.url);
    await second.waitForSelector("text=open in another tab");
    await page.close();
    await second.waitForSelector("#rater");
    await begin(second, "Anna");
    expect(await progress(second)).toContain("Sound 21 of 22 · 20 judged by Anna");
    await second.keyboard.press("p");
    await second.keyboard.press("z"); // there is nothing to undo of this sitting
    expect(await second.locator(".progress .judged").count()).toBe(20);

    for (const colorScheme of ["light", "dark"] as const) {
      await second.emulateMedia({ colorScheme });
      await second.keyboard.press("?");
      expect(await seriousFindings(second)).toEqual([]);
    }
    expect(await cutAt(second, 390)).toEqual([]);
    expect(complaints).toEqual([]);
    await browser.close();

    const anna = await readVerdicts(verdicts);
    expect(new Set(anna.map(({ item }) => item)).size).toBe(20);
    const first = anna.find(({ item }) => item === queue[0].item)!;
    expect(first).toMatchObject({
      rater: "Anna",
      queue: "random",
      blind: true,
      remark: `loud, ${HTML}`,
      certainty: "likely",
    });
    expect(first.events.length).toBe(2);
    expect(first.events[0]).toMatchObject({ start: 0.52, end: 1.54 });
    expect(anna.filter(({ verdict }) => verdict === null).length).toBe(4);

    // What was judged in the page trains a network.
    const labels = await (await trained(folder, "verified", { verdicts: [verdicts], from: "majority" })).labels();
    const decided = anna.filter(({ verdict }) => verdict !== null);
    expect(labels.length).toBe(decided.length);
    const said = new Map(decided.map(({ item, verdict }) => [item, verdict]));
    for (const one of labels) expect(one.used).toBe(said.get(itemKey(one)));
  } finally {
    await browser.close();
    await served.close();
    await Deno.remove(folder, { recursive: true });
  }
});

peerCheck(
  "from disk the page asks for nothing, keeps verdicts over a close, and gives a file that merges with another's",
  {
    programs: ["chromium"],
  },
  async () => {
    const folder = await Deno.makeTempDir();
    const { data, queue } = await listened(folder);
    const path = `${folder}/listen.html`;
    await Deno.writeTextFile(path, await renderListenPage(data));
    const browser = await openChromium();
    try {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true });
      const open = () => openReport({ newPage: () => context.newPage() } as never, path);
      const first = await open();
      await begin(first.page, "Ben");
      await judge(first.page, 6);
      await first.page.close();

      const { page, complaints } = await open();
      await begin(page, "Ben");
      expect(await progress(page)).toContain("Sound 7 of 22 · 6 judged by Ben");
      await judge(page, 14);
      const downloading = page.waitForEvent("download");
      await page.getByText("Download verdicts.csv").click();
      await (await downloading).saveAs(`${folder}/ben.csv`);
      expect([...first.complaints, ...complaints]).toEqual([]);

      // Anna heard the same and calls two of them otherwise.
      const ben = await readVerdicts(`${folder}/ben.csv`);
      expect(ben.map(({ item }) => item)).toEqual(queue.slice(0, 20).map(({ item }) => item));
      const anna = ben.map((one, i) => ({ ...one, rater: "Anna", verdict: i < 2 ? CLASSES[1 - i] : one.verdict }));
      await Deno.writeTextFile(`${folder}/anna.csv`, formatVerdicts(anna));
      const both = await mergeVerdicts([`${folder}/anna.csv`, `${folder}/ben.csv`]);
      const agreed = agreement(both, { classes: CLASSES, seed: 0, resamples: 50 });
      expect([agreed.raters.toSorted(), agreed.items, agreed.differences.length]).toEqual([["Anna", "Ben"], 16, 2]);
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
);
