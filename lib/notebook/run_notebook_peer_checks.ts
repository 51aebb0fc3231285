import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../testing/mod.ts";
import { untilNoProcessWith } from "../kernel/fixtures/processes_with.ts";
import { type CodeCell, formatNotebook, parseNotebook } from "./notebook_format.ts";
import { type NotebookRun, runNotebook, type RunNotebookOptions } from "./run_notebook.ts";

// Notebooks that go wrong, through the real Deno kernel.

/** Runs cells as a notebook; what it wrote, and how each cell ended. However that was, no process must be left. */
async function runCells(sources: string[], options: RunNotebookOptions = {}) {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "notebook.ipynb");
  const cells = sources.map((source): CodeCell => {
    const tags = source.includes("let parameter") ? ["parameters"] : [];
    return { cell_type: "code", source, metadata: { tags }, outputs: [], execution_count: null };
  });
  await Deno.writeTextFile(file, formatNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  const mark = crypto.randomUUID();
  Deno.env.set("STARTED_BY_TEST", mark); // the kernel inherits it
  const run = await runNotebook(file, { ...options, out: join(folder, "out") });
  await untilNoProcessWith(`STARTED_BY_TEST=${mark}`);
  const written = parseNotebook(await Deno.readTextFile(run.notebook), run.notebook);
  const page = await Deno.readTextFile(run.page);
  await Deno.remove(folder, { recursive: true });
  return { run, page, cells: written.cells as CodeCell[] };
}

const failureOf = ({ failure }: NotebookRun) => failure && `${failure.cell}: ${failure.message}`;
const needs = { programs: ["deno", "ps"] };

peerCheck("runNotebook() stops at the first cell that fails, and its page says where", needs, async () => {
  const { run, page, cells } = await runCells(["1", "throw new TypeError('broken')", "3"]);
  expect(failureOf(run)).toBe("2: TypeError: broken");
  expect(cells.map((cell) => cell.execution_count)).toEqual([1, 2, null]);
  expect(page).toContain('stopped at <a href="#cell-2">cell 2</a>: TypeError: broken');
});

for (const [name, code] of [["waits", "await new Promise(() => {})"], ["loops", "for (;;) {}"]]) {
  peerCheck(`runNotebook() ends a cell that ${name} for ever at its time limit`, needs, async () => {
    const { run, cells } = await runCells([code, "2"], { cellSeconds: 0.5 });
    expect(failureOf(run)).toBe("1: The cell did not end within its time limit of 0.5 s.");
    expect(cells[1].execution_count).toBe(null);
  });
}

peerCheck("runNotebook() says that a cell ended the kernel", needs, async () => {
  const { run, cells } = await runCells(["console.log('before')", "Deno.exit(3)", "3"]);
  expect(failureOf(run)).toBe("2: The kernel ended with exit status 3, as by Deno.exit(3).");
  expect(cells[0].outputs).toMatchObject([{ text: "before\n" }]);
  expect(cells[1].outputs).toMatchObject([{ output_type: "error", ename: "KernelEnded" }]);
});

peerCheck("runNotebook() says that a cell filled the memory", needs, async () => {
  Deno.env.set("DENO_V8_FLAGS", "--max-old-space-size=100"); // of the kernel that is started next
  const { run } = await runCells(["const all = []; while (true) all.push(new Array(1000).fill(all.length));"]);
  Deno.env.delete("DENO_V8_FLAGS");
  expect(failureOf(run)).toMatch(/^1: The kernel filled its memory and ended: load less at once/);
});

peerCheck("runNotebook() gives parameters other values", needs, async () => {
  const { run, cells } = await runCells(["let parameter = 1;", "parameter * 2"], { parameters: { parameter: 21 } });
  expect(run.failure).toBeUndefined();
  expect(cells.at(-1)!.outputs).toMatchObject([{ data: { "text/plain": "\x1b[33m42\x1b[39m" }, execution_count: 2 }]);
  expect(cells[1]).toMatchObject({ source: "parameter = 21;", outputs: [] });
});

peerCheck("runNotebook() that is stopped keeps what was done", needs, async () => {
  const controller = new AbortController();
  const begun = await Deno.makeTempFile();
  const onCell = async ({ cell }: { cell: number }) => {
    if (cell !== 2) return;
    while ((await Deno.stat(begun)).size === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort();
  };
  const wait = `Deno.writeTextFileSync(${JSON.stringify(begun)}, "begun"); await new Promise(() => {})`;
  const { run, cells } = await runCells(["1", wait], { signal: controller.signal, onCell });
  expect(failureOf(run)).toBe("2: The run was stopped.");
  expect(cells[0].outputs).toHaveLength(1);
  await Deno.remove(begun);
});
