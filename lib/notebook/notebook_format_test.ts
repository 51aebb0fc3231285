import { expect } from "expect";
import { collectOutputs } from "./collect_outputs.ts";
import { INJECTED_ID, injectParameters } from "./inject_parameters.ts";
import { newMessage } from "@auscult/jupyter-kernel";
import { type CodeCell, formatNotebook, type Notebook, parseNotebook } from "./notebook_format.ts";

const code = (source: string, metadata: Record<string, unknown> = {}): CodeCell => ({
  cell_type: "code",
  id: `c${source.length}`,
  metadata,
  source,
  outputs: [],
  execution_count: null,
});
const notebookOf = (...cells: Notebook["cells"]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const output = (type: string, content: Record<string, unknown>) => newMessage({ type, content, session: "s" });

Deno.test("formatNotebook() writes what parseNotebook() read, lines as nbformat stores them", () => {
  const cell = code("const a = 1;\n\na");
  cell.outputs.push({ output_type: "stream", name: "stdout", text: "x\ny" });
  const text = formatNotebook(notebookOf(cell, { cell_type: "markdown", id: "m", metadata: {}, source: "# Title\n" }));
  expect(parseNotebook(text, "a.ipynb")).toEqual(
    notebookOf(cell, { cell_type: "markdown", id: "m", metadata: {}, source: "# Title\n" }),
  );
  expect(JSON.parse(text).cells[0].source).toEqual(["const a = 1;\n", "\n", "a"]);
  expect(text.startsWith('{\n "cells": [')).toBe(true); // one space, keys in order, as nbformat writes
});

const refused: [why: string, text: string, message: RegExp][] = [
  ["text that isn't JSON", "# Hello", /a notebook, which is JSON but found .* in a\.ipynb/],
  ["other JSON", "{}", /nbformat 4 but found JSON without nbformat/],
  ["nbformat 3", '{"nbformat": 3, "worksheets": []}', /nbformat 4 but found nbformat 3 .*nbconvert --to notebook/],
  ["a missing field", '{"nbformat":4,"nbformat_minor":5,"metadata":{}}', /found at cells/],
  [
    "a notebook in Python",
    JSON.stringify({ ...notebookOf(), metadata: { kernelspec: { language: "python" } } }),
    /cells in TypeScript but found a notebook in python/,
  ],
  ["a cell in another language", JSON.stringify(notebookOf(code("1"), code("%%bash\nls"))), /found cell 2 in bash/],
];
for (const [why, text, message] of refused) {
  Deno.test(`parseNotebook() refuses ${why}`, () => expect(() => parseNotebook(text, "a.ipynb")).toThrow(message));
}

Deno.test("collectOutputs() joins streams, updates displays of earlier cells and clears", () => {
  const outputs = collectOutputs();
  const [first, second] = [code("1"), code("22")];
  const intoFirst = outputs.into(first), intoSecond = outputs.into(second);
  const display = { data: { "text/plain": "old" }, metadata: {}, transient: { display_id: "d" } };
  intoFirst(output("stream", { name: "stdout", text: "a" }));
  intoFirst(output("stream", { name: "stdout", text: "b" }));
  intoFirst(output("display_data", display));
  intoSecond(output("stream", { name: "stdout", text: "gone" }));
  intoSecond(output("clear_output", { wait: true }));
  intoSecond(output("update_display_data", { ...display, data: { "text/plain": "new" } }));
  intoSecond(output("execute_result", { data: { "text/plain": "1" }, metadata: {}, execution_count: 2 }));
  expect(first.outputs).toEqual([
    { output_type: "stream", name: "stdout", text: "ab" },
    { output_type: "display_data", data: { "text/plain": "new" }, metadata: {} },
  ]);
  expect(second.outputs).toEqual([
    { output_type: "execute_result", data: { "text/plain": "1" }, metadata: {}, execution_count: 2 },
  ]);
});

Deno.test("parseNotebook() joins the lines of what cells showed, and leaves JSON as it is", () => {
  const figure = { data: ["a", "b"] };
  const data = { "text/html": ["<b>\n", "1</b>"], "image/png": "AAAA", "application/vnd.plotly.v1+json": figure };
  const cell = {
    cell_type: "code",
    metadata: {},
    source: "1",
    outputs: [{ output_type: "display_data", data, metadata: {} }],
  };
  const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] });
  const [{ outputs: [output] }] = parseNotebook(text, "a.ipynb").cells as CodeCell[];
  expect((output as { data: unknown }).data).toEqual({ ...data, "text/html": "<b>\n1</b>" });
});

Deno.test("injectParameters() puts assignments behind the cell tagged parameters", () => {
  const tagged = code('let data = "synthetic";\nlet epochs = 12;', { tags: ["parameters"] });
  const { cells } = injectParameters(notebookOf(code("1"), tagged, code("22")), { epochs: 3, data: 'a"b' });
  expect(cells.map((cell) => cell.source)).toEqual(["1", tagged.source, 'epochs = 3;\ndata = "a\\"b";', "22"]);
  const again = injectParameters(notebookOf(...cells), { epochs: 4 }).cells;
  expect(again.filter((cell) => cell.id === INJECTED_ID).map((cell) => cell.source)).toEqual(["epochs = 4;"]);
});

Deno.test("injectParameters() refuses a name that the notebook doesn't have", () => {
  const tagged = code("let epochs = 12;", { tags: ["parameters"] });
  expect(() => injectParameters(notebookOf(tagged), { epoch: 3 })).toThrow(/\(epochs\) but found "epoch" in -p/);
  expect(() => injectParameters(notebookOf(code("1")), { a: 1 })).toThrow(/it has none/);
});
