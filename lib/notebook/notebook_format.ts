import { z } from "zod";
import { DataError } from "../errors/mod.ts";

// nbformat 4 (https://nbformat.readthedocs.io/en/latest/format_description.html). Fields that aren't named pass through.

const text = z.union([z.string(), z.array(z.string())]).transform((value) =>
  typeof value === "string" ? value : value.join("")
);
const metadata = z.record(z.string(), z.unknown());
const bundle = z.record(z.string(), z.unknown()).transform((data) =>
  Object.fromEntries(Object.entries(data).map(([type, value]) => [type, type.endsWith("json") ? value : joined(value)]))
);

/** A text that was stored as a list of lines. */
function joined(value: unknown): unknown {
  return Array.isArray(value) && value.every((line) => typeof line === "string") ? value.join("") : value;
}

type Data = Record<string, unknown>;

/** What a code cell showed. */
export type NotebookOutput =
  | { output_type: "stream"; name: string; text: string }
  | { output_type: "display_data"; data: Data; metadata: Data }
  | { output_type: "execute_result"; data: Data; metadata: Data; execution_count: number | null }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };
const output: z.ZodType<NotebookOutput> = z.discriminatedUnion("output_type", [
  z.object({ output_type: z.literal("stream"), name: z.string(), text }),
  z.object({ output_type: z.literal("display_data"), data: bundle, metadata }),
  z.object({
    output_type: z.literal("execute_result"),
    data: bundle,
    metadata,
    execution_count: z.number().nullable(),
  }),
  z.object({ output_type: z.literal("error"), ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
]);

const cellBase = { id: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/).optional(), metadata, source: text };
interface Cell {
  id?: string;
  metadata: Data;
  source: string;
}
export interface CodeCell extends Cell {
  cell_type: "code";
  execution_count: number | null;
  outputs: NotebookOutput[];
}
/** One of a notebook's cells. */
export type NotebookCell = CodeCell | (Cell & { cell_type: "markdown" }) | (Cell & { cell_type: "raw" });
const cell: z.ZodType<NotebookCell> = z.discriminatedUnion("cell_type", [
  z.object({
    ...cellBase,
    cell_type: z.literal("code"),
    execution_count: z.number().nullable().default(null),
    outputs: z.array(output).default([]),
  }),
  z.looseObject({ ...cellBase, cell_type: z.literal("markdown") }),
  z.looseObject({ ...cellBase, cell_type: z.literal("raw") }),
]);

/** A notebook, its sources and texts as single strings. */
export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: Data & {
    kernelspec?: Data & { language?: string; name?: string };
    language_info?: Data & { name: string };
  };
  cells: NotebookCell[];
}
const notebook: z.ZodType<Notebook> = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int().nonnegative(),
  metadata: z.looseObject({
    kernelspec: z.looseObject({ language: z.string().optional(), name: z.string().optional() }).optional(),
    language_info: z.looseObject({ name: z.string() }).optional(),
  }),
  cells: z.array(cell),
});

const EXPECTED = "a notebook of nbformat 4";
const LANGUAGES = new Set(["typescript", "javascript"]);

/**
 * The notebook in the text of an `.ipynb` file.
 *
 * @param where Name of the file, for the message.
 * @throws {DataError} for other text, another format, or a cell in another language.
 */
export function parseNotebook(content: string, where: string): Notebook {
  const parsed = notebook.safeParse(checkFormat(parseJson(content, where), where));
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    const found = `at ${path.join(".") || "its root"}: ${message}`;
    throw new DataError({ expected: EXPECTED, found, where, remedy: "open it in JupyterLab and save it again" });
  }
  checkLanguages(parsed.data, where);
  return parsed.data;
}

/** The text of an `.ipynb` file, version 4.5, laid out as Jupyter does: keys in order, one space, a list of lines. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell, i) => ({ ...cell, id: cell.id ?? `cell-${i + 1}`, ...storedTexts(cell) }));
  const stored = { ...notebook, nbformat: 4, nbformat_minor: 5, cells };
  return `${JSON.stringify(inOrder(stored), null, 1)}\n`;
}

function storedTexts(cell: NotebookCell) {
  const source = lines(cell.source);
  if (cell.cell_type !== "code") return { source };
  const outputs = cell.outputs.map((output) => {
    if (output.output_type === "stream") return { ...output, text: lines(output.text) };
    return "data" in output ? { ...output, data: storedBundle(output.data) } : output;
  });
  return { source, outputs };
}

/** Texts of a bundle are lists of lines, JSON stays as it is, and so does base64, which has one line. */
function storedBundle(data: Record<string, unknown>) {
  const stored = (value: unknown) => typeof value === "string" && value.includes("\n") ? lines(value) : value;
  return Object.fromEntries(Object.entries(data).map(([type, value]) => [type, stored(value)]));
}

function lines(value: string): string[] {
  return value === "" ? [] : value.split(/(?<=\n)/);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined).toSorted(([a], [b]) =>
    a < b ? -1 : 1
  );
  return Object.fromEntries(entries.map(([key, field]) => [key, inOrder(field)]));
}

function parseJson(content: string, where: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const found = `text that isn't (${(cause as Error).message})`;
    throw new DataError({ expected: "a notebook, which is JSON", found, where, remedy: "name an .ipynb file", cause });
  }
}

function checkFormat(value: unknown, where: string): unknown {
  const version = (value as { nbformat?: unknown } | null)?.nbformat;
  if (version === 4) return value;
  const [found, remedy] = version === undefined
    ? ["JSON without nbformat", "name an .ipynb file"]
    : [`nbformat ${version}`, "convert it with jupyter nbconvert --to notebook"];
  throw new DataError({ expected: EXPECTED, found, where, remedy });
}

function checkLanguages({ metadata, cells }: Notebook, where: string): void {
  const language = metadata.language_info?.name ?? metadata.kernelspec?.language;
  if (language !== undefined && !LANGUAGES.has(language.toLowerCase())) refuse(`a notebook in ${language}`);
  cells.forEach((cell, i) => {
    if (cell.cell_type !== "code") return;
    const vscode = cell.metadata.vscode as { languageId?: string } | undefined;
    const other = cell.source.match(/^%%(\w+)/)?.[1] ?? vscode?.languageId;
    if (other !== undefined && !LANGUAGES.has(other)) refuse(`cell ${i + 1} in ${other}`);
  });
  function refuse(found: string): never {
    const remedy = "this kernel runs no other language";
    throw new DataError({ expected: "cells in TypeScript", found, where, remedy });
  }
}
