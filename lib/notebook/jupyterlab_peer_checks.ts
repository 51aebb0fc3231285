import { expect } from "expect";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { openChromium } from "../testing/open_chromium.ts";
import { peerCheck } from "../testing/mod.ts";
import { type LabNotebook, openInLab } from "./fixtures/lab_notebook.ts";
import { type LabServer, startLabServer } from "./fixtures/lab_server.ts";
import { sixCells } from "./fixtures/known_notebooks.ts";
import { comparable, notebookOfCells, type RandomNotebook, randomNotebook } from "./fixtures/random_notebook.ts";
import { withPage } from "./fixtures/with_page.ts";
import { type CodeCell, type Notebook, parseNotebook } from "./notebook_format.ts";
import { renderNotebook } from "./render_notebook.tsx";

// The kernel in JupyterLab, and our pages, in a real browser.

const CHROMIUM = "chromium";
const needs = { python: ["jupyterlab"], programs: [CHROMIUM] };

const notebookOf = (...sources: string[]) => notebookOfCells(sources.map((source) => [source])).notebook;

// One server and one page for all: to start them takes longer than a check.
let server: LabServer | undefined;
let browser: Browser | undefined;
let labPage: Page | undefined;
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.close();
});

function labCheck(name: string, notebook: Notebook, check: (lab: LabNotebook, file: LabFile) => Promise<void>) {
  peerCheck(`JupyterLab: ${name}`, needs, async ({ python }) => {
    server ??= await startLabServer(python);
    browser ??= await openChromium();
    labPage ??= await browser.newPage({ viewport: { width: 1300, height: 900 } });
    const file = { server, name: name.replaceAll(/\W+/g, "-") };
    const lab = await openInLab(labPage, { ...file, notebook });
    await check(lab, file);
    await lab.close();
    await server.endKernels();
  });
}

/** Where a notebook lies, to open it again. */
type LabFile = Pick<Parameters<typeof openInLab>[1], "server" | "name">;

const outputsOf = (cells: CodeCell[]) => comparable(cells.map((cell) => cell.outputs));

const given: [string, RandomNotebook][] = [["six cells of 300 lines", sixCells()]];
for (let seed = 10; seed < 16; seed++) {
  given.push([`random notebook ${seed}`, randomNotebook(seed, { throws: false, lettersAtMost: 2e5 })]);
}
for (const [name, { notebook, expected }] of given) {
  labCheck(`Run All of ${name} saves each output under its own cell`, notebook, async (lab) => {
    await lab.runAll();
    expect(outputsOf(await lab.save())).toEqual(comparable(expected));
  });
}

labCheck(
  "a notebook that was closed and opened again shows its outputs, and its kernel lives on",
  notebookOf("let kept = 41; console.log('printed'); kept", "kept + 1"),
  async (lab, file) => {
    await lab.run(0);
    const saved = await lab.save();
    await lab.close();
    const again = await openInLab(lab.page, file);
    const { count, outputs } = await again.until(0, () => true);
    expect(count).toBe(1);
    expect(outputs).toContain("printed");
    const shown = await again.page.locator(".jp-OutputArea-output").allInnerTexts();
    expect(shown.map((text) => text.trimEnd())).toEqual(["printed", "41"]);
    expect(outputsOf(saved)[0]).toEqual([["stdout", "printed\n"], ["execute_result", "\x1b[33m41\x1b[39m", 1]]);
    await again.run(1);
    const [first, second] = outputsOf(await again.save());
    expect(first).toEqual(outputsOf(saved)[0]);
    expect(second).toEqual([["execute_result", "\x1b[33m42\x1b[39m", 2]]);
  },
);

labCheck(
  "a stopped cell leaves the kernel's state, a restart clears it, a prompt is answered",
  notebookOf("let kept = 41;", "console.log('begun'); while (true) {}", "kept + 1", "prompt('Name?')"),
  async (lab) => {
    await lab.run(0);
    await lab.begin(1);
    await lab.until(1, ({ outputs }) => outputs.includes("begun"));
    await lab.interrupt();
    await lab.until(1, ({ running }) => !running);
    await lab.run(2);
    await lab.begin(3);
    await lab.page.locator(".jp-Stdin-input").fill("Ann");
    await lab.page.keyboard.press("Enter");
    await lab.until(3, ({ running }) => !running);
    const cells = await lab.save();
    expect(outputsOf(cells).slice(0, 3)).toEqual([
      [],
      [["stdout", "begun\n"], ["error", "Interrupted", "The cell was stopped."]],
      [["execute_result", "\x1b[33m42\x1b[39m", 3]],
    ]);
    expect(JSON.stringify(cells[3].outputs)).toContain("Ann");

    await lab.restart();
    await lab.run(2);
    const [, , after] = await lab.save();
    expect(after.outputs).toMatchObject([{ output_type: "error", ename: "ReferenceError" }]);
  },
);

labCheck(
  "Shift-Tab shows signature, doc comment and value",
  notebookOf("/** Adds two lengths, s. */\nfunction add(a: number, b: number) { return a + b; }", "add(1, 2)", "1"),
  async (lab) => {
    await lab.run(0);
    await lab.run(1);
    const tooltip = lab.page.locator(".jp-Tooltip");
    const line = lab.page.locator(".jp-CodeCell").nth(1).locator(".cm-line").first();
    // The language server needs some seconds for its first answer.
    for (let tries = 0; tries < 20 && !(await tooltip.innerText().catch(() => "")).includes("Adds two"); tries++) {
      await lab.page.keyboard.press("Escape");
      await line.click({ position: { x: 12, y: 8 } });
      await lab.page.keyboard.press("Shift+Tab");
      await tooltip.waitFor({ timeout: 10_000 }).catch(() => {});
    }
    const picture = Deno.env.get("AUSCULT_SHOTS"); // a folder, for who wants to look
    if (picture) await lab.page.screenshot({ path: `${picture}/shift_tab.png` });
    expect(await tooltip.innerText()).toMatch(/add\(a: number, b: number\): number[^]*Adds two lengths/);
    await lab.page.keyboard.press("Escape");
  },
);

peerCheck(
  "JupyterLab: notebook 7 trains a network by an ear and a score that its cells define",
  needs,
  async ({ python }) => {
    const folder = await Deno.makeTempDir({ dir: ".", prefix: "notebooks-" }); // where ../lib is found
    const server = await startLabServer(python, resolve(folder));
    const browser = await openChromium();
    try {
      const text = await Deno.readTextFile(new URL("../../notebooks/07_your_own.ipynb", import.meta.url));
      const here = text.replaceAll(/\.\.\/(?=data|results)/g, "").replace("let epochs = 8", "let epochs = 2");
      const notebook = parseNotebook(here, "07_your_own.ipynb");
      const lab = await openInLab(await browser.newPage(), { server, name: "07_your_own", notebook });
      await lab.runAll();
      const cells = await lab.save();
      const outputs = cells.flatMap((cell) => cell.outputs);
      expect(outputs.filter(({ output_type }) => output_type === "error")).toEqual([]);
      expect(cells.every(({ execution_count }) => execution_count !== null)).toBe(true);
      const shown = JSON.stringify(outputs);
      const awaited = ["image/png", "notebook-sure-where-right", "input-notebook-octaves"];
      expect(awaited.filter((words) => !shown.includes(words))).toEqual([]);
      const [, run] = shown.match(/complete: ([\w/-]+)/)!;
      const config = JSON.parse(await Deno.readTextFile(join(folder, run, "config.json")));
      expect(config.parts.map(({ part }: { part: string }) => part).toSorted()).toEqual(["input", "model", "score"]);
      expect((await Deno.readTextFile(join(folder, run, "report.html"))).includes("Sure where right")).toBe(true);
      await server.endKernels();
    } finally {
      await browser.close();
      await server.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
);

peerCheck("the page of a failed notebook says where", { programs: [CHROMIUM] }, async () => {
  const cell: CodeCell = {
    ...{ cell_type: "code", metadata: {}, source: "x", execution_count: 1 },
    outputs: [{
      output_type: "error",
      ename: "ReferenceError",
      evalue: "x is not defined",
      traceback: ["x is not defined"],
    }],
  };
  const path = await Deno.makeTempFile({ suffix: ".html" });
  const html = await renderNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] }, { title: "t" });
  await Deno.writeTextFile(path, html);
  await withPage(async (page) => {
    await page.goto(pathToFileURL(path).href);
    expect(await page.locator(".failure").textContent()).toContain("cell 1: ReferenceError: x is not defined");
  });
  await Deno.remove(path);
});
