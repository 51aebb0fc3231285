import { expect } from "expect";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openChromium } from "../report/open_chromium.ts";
import { peerCheck } from "../testing/mod.ts";
import { jupyterEnvironment } from "./fixtures/jupyter_environment.ts";
import { comparable, randomNotebook } from "./fixtures/random_notebook.ts";
import { type CodeCell, formatNotebook, type Notebook, parseNotebook } from "./notebook_format.ts";
import { renderNotebook } from "./render_notebook.tsx";
import { runNotebook } from "./run_notebook.ts";

// The kernel in JupyterLab, and our pages, in a real browser.

const CHROMIUM = "chromium";
const needs = { python: ["jupyterlab"], programs: [CHROMIUM] };

async function withPage(check: (page: Page) => Promise<void>): Promise<void> {
  const browser = await openChromium();
  try {
    await check(await browser.newPage({ viewport: { width: 1300, height: 900 } }));
  } finally {
    await browser.close();
  }
}

/** JupyterLab with a notebook open. */
interface Lab {
  page: Page;
  file: string;
  /** Picks from a menu. */
  menu(name: string, item: RegExp): Promise<void>;
  /** Waits until the kernel is idle, saves, and reads the file. */
  saved(): Promise<CodeCell[]>;
}

async function withLab(python: string, notebook: Notebook, check: (lab: Lab) => Promise<void>): Promise<void> {
  const { folder, env } = await jupyterEnvironment();
  const file = join(folder, "work", "notebook.ipynb");
  await Deno.mkdir(join(folder, "work"));
  await Deno.writeTextFile(file, formatNotebook(notebook));
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const server = new Deno.Command(python, {
    args: [
      ...["-m", "jupyterlab", "--no-browser", "--allow-root", `--port=${port}`, "--ServerApp.port_retries=0"],
      ...[
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
        `--ServerApp.root_dir=${join(folder, "work")}`,
      ],
    ],
    env: { ...env, JUPYTER_PREFER_ENV_PATH: "0" },
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    const url = `http://127.0.0.1:${port}`;
    while (!await fetch(`${url}/api`).then((reply) => reply.body?.cancel().then(() => reply.ok), () => false)) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await withPage(async (page) => {
      await page.goto(`${url}/lab/tree/notebook.ipynb?reset`);
      await idle(page);
      await check({ page, file, menu: (name, item) => pick(page, name, item), saved: () => save(page, file) });
    });
  } finally {
    server.kill("SIGTERM");
    await server.status;
    await Deno.remove(folder, { recursive: true });
  }
}

async function pick(page: Page, menu: string, item: RegExp): Promise<void> {
  await page.locator(".lm-MenuBar-item", { hasText: new RegExp(`^${menu}$`) }).click();
  await page.locator(".lm-Menu-itemLabel", { hasText: item }).first().click();
}

async function idle(page: Page): Promise<void> {
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor({ timeout: 60_000 });
}

/** Runs all cells and reads them from the saved file. JupyterLab keeps only visible cells in its page. */
async function runAll(lab: Lab): Promise<CodeCell[]> {
  await lab.page.locator(".jp-CodeCell .cm-content").first().click(); // the menu means what has the focus
  await lab.menu("Run", /^Run All Cells$/);
  for (let tries = 0; tries < 60; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const cells = await lab.saved();
    if (cells.every((cell) => cell.execution_count !== null)) return cells;
  }
  throw new Error("Expected all cells to have run within a minute.");
}

async function save(page: Page, file: string): Promise<CodeCell[]> {
  await idle(page);
  const before = (await Deno.stat(file)).mtime!.getTime();
  for (let tries = 0; tries < 20 && (await Deno.stat(file)).mtime!.getTime() === before; tries++) {
    await page.keyboard.press("Control+s");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const { cells } = parseNotebook(await Deno.readTextFile(file), file);
  return cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
}

const notebookOf = (...sources: string[]): Notebook => {
  const { notebook } = randomNotebook(0, { cells: 0 });
  const base = { cell_type: "code" as const, metadata: {}, outputs: [], execution_count: null };
  return { ...notebook, cells: sources.map((source, i) => ({ ...base, id: `c${i}`, source })) };
};

for (const seed of [10, 11, 12]) {
  peerCheck(
    `JupyterLab, Run All: each output of random notebook ${seed} is saved under its own cell`,
    needs,
    ({ python }) => {
      const { notebook, expected } = randomNotebook(seed, { throws: false, lettersAtMost: 2e4 });
      return withLab(python, notebook, async (lab) => {
        const cells = await runAll(lab);
        expect(comparable(cells.map((cell) => cell.outputs))).toEqual(comparable(expected));
      });
    },
  );
}

peerCheck(
  "JupyterLab: a stopped cell leaves the kernel's state, a restart clears it, a prompt is answered",
  needs,
  ({ python }) =>
    withLab(python, notebookOf("let kept = 41;", "while (true) {}", "kept + 1", "prompt('Name?')"), async (lab) => {
      const { page, menu } = lab;
      const cell = (index: number) => page.locator(".jp-CodeCell").nth(index);
      const run = async (index: number) => {
        await cell(index).locator(".cm-content").click();
        await page.keyboard.press("Control+Enter");
        await new Promise((resolve) => setTimeout(resolve, 500));
      };
      await run(0);
      await idle(page);
      await run(1);
      await menu("Kernel", /^Interrupt Kernel$/);
      await idle(page);
      await run(2);
      await run(3);
      await cell(3).locator(".jp-Stdin-input").fill("Ann");
      await page.keyboard.press("Enter");
      const cells = await lab.saved();
      expect(cells[1].outputs).toMatchObject([{ output_type: "error", evalue: "The cell was stopped." }]);
      expect(comparable([cells[2].outputs])[0][0]).toEqual(["execute_result", "\x1b[33m42\x1b[39m", 3]);
      expect(JSON.stringify(cells[3].outputs)).toContain("Ann");

      await menu("Kernel", /^Restart Kernel…$/);
      await page.locator(".jp-Dialog-button", { hasText: /^Restart$/ }).click();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await idle(page);
      await run(2);
      const [, , after] = await lab.saved();
      expect(after.outputs).toMatchObject([{ output_type: "error", ename: "ReferenceError" }]);
    }),
);

peerCheck(
  "the page of a notebook makes no request and no error, and draws its figures",
  { programs: [CHROMIUM] },
  async () => {
    const folder = await Deno.makeTempDir({ dir: "results" });
    const lib = new URL("./mod.ts", import.meta.url).href;
    const plots = new URL("../plots/mod.ts", import.meta.url).href;
    const file = join(folder, "notebook.ipynb");
    await Deno.writeTextFile(
      file,
      formatNotebook(notebookOf(
        `import { showAudio, showPlot, showTable } from "${lib}"; import { plotWaveform } from "${plots}";
       const samples = Float32Array.from({ length: 8000 }, (_, n) => Math.sin(n / 20));`,
        `await showTable(Array.from({ length: 30 }, (_, i) => ({ i, square: i * i })));`,
        `await showPlot(plotWaveform(samples, { sampleRate: 4000 }));`,
        `await showAudio(samples, { sampleRate: 4000 });`,
      )),
    );
    const { page: path, failure } = await runNotebook(file, { out: join(folder, "out") });
    expect(failure).toBeUndefined();
    await withPage(async (page) => {
      const noise: string[] = [];
      page.on("console", (message) => noise.push(message.text()));
      page.on("pageerror", (error) => noise.push(error.message));
      page.on("request", (request) => /^(data|blob):/.test(request.url()) || noise.push(request.url()));
      await page.goto(`file://${Deno.cwd()}/${path}`);
      await page.locator(".plot .main-svg").first().waitFor();
      await page.getByRole("button", { name: "next page" }).click();
      expect(await page.locator("td").first().textContent()).toBe("10");
      await page.locator("th").first().click();
      await page.locator("th").first().click(); // downwards
      expect(await page.locator("td").first().textContent()).toBe("29");
      expect(noise).toEqual([`file://${Deno.cwd()}/${path}`]);
    });
    await Deno.remove(folder, { recursive: true });
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
    await page.goto(`file://${path}`);
    expect(await page.locator(".failure").textContent()).toContain("cell 1: ReferenceError: x is not defined");
  });
  await Deno.remove(path);
});
