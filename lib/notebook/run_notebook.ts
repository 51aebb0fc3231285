import { type KernelSession, startKernelSession } from "@auscult/jupyter-kernel";
import { basename, dirname, join } from "node:path";
import { DataError } from "../errors/mod.ts";
import { writeAtomic } from "../files/mod.ts";
import { AUSCULT_KERNEL } from "./auscult_kernel.ts";
import { collectOutputs } from "./collect_outputs.ts";
import { hasTag, INJECTED_ID, injectParameters } from "./inject_parameters.ts";
import { type CodeCell, formatNotebook, type Notebook, parseNotebook } from "./notebook_format.ts";
import { renderNotebook } from "./render_notebook.tsx";

export interface RunNotebookOptions {
  /** Folder for the executed notebook and its page. @default {"results/notebooks"} */
  out?: string;
  /** Path of the executed notebook below `out`. @default {its file name} */
  name?: string;
  /** Other values for the variables of the cell tagged `parameters`. */
  parameters?: Record<string, unknown>;
  /** Time limit of each cell, seconds. @default {600} */
  cellSeconds?: number;
  /** Called when a cell begins. */
  onCell?: (event: CellEvent) => void;
  /** Stops the running cell and ends; what was done is written. */
  signal?: AbortSignal;
}

/** A code cell that begins. */
export interface CellEvent {
  /** From 1, among the cells that run. */
  cell: number;
  cells: number;
  /** First line of the cell. */
  line: string;
}

/** What became of a notebook. */
export interface NotebookRun {
  /** Path of the executed notebook. */
  notebook: string;
  /** Path of its page. */
  page: string;
  seconds: number;
  /** The cell that failed; those behind it did not run. */
  failure?: CellFailure;
}

export interface CellFailure extends Omit<CellEvent, "cells"> {
  message: string;
}

/**
 * Executes a notebook through the real Deno kernel, with no Python, from the top, and writes it with its outputs
 * (nbformat 4.5) and as a page of its own. The first cell that fails ends it, unless it is tagged `raises-exception`; cells
 * tagged `skip-execution` stay as they are (both as nbclient does).
 *
 * @throws {DataError} if the file is no notebook that this kernel runs.
 */
export async function runNotebook(path: string, options: RunNotebookOptions = {}): Promise<NotebookRun> {
  const { out = join("results", "notebooks"), name: writtenName = basename(path), parameters = {} } = options;
  const source = parseNotebook(await readNotebookText(path), path);
  const notebook = injectParameters(withoutOutputs(source), parameters);
  const started = performance.now();
  const session = await startKernelSession({ cwd: dirname(path), displays: AUSCULT_KERNEL.displays });
  let failure: CellFailure | undefined;
  try {
    failure = await runCells(session, notebook, options);
  } finally {
    await session.close();
  }
  const { name, version } = session.info.language_info as { name: string; version: string };
  notebook.metadata = { ...notebook.metadata, ...kernelMetadata(name, version) };
  const written = join(out, writtenName);
  const page = written.replace(/(\.ipynb)?$/, ".html");
  await writeAtomic(written, formatNotebook(notebook));
  await writeAtomic(page, await renderNotebook(notebook, { title: basename(path, ".ipynb") }));
  return { notebook: written, page, seconds: (performance.now() - started) / 1000, failure };
}

/** The text of a notebook's file. @throws {DataError} if there is none. */
export async function readNotebookText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    const found = cause instanceof Deno.errors.NotFound ? "none" : (cause as Error).message;
    throw new DataError({ expected: "a notebook", found, where: path, cause });
  }
}

async function runCells(
  session: KernelSession,
  notebook: Notebook,
  { cellSeconds = 600, onCell, signal }: RunNotebookOptions,
): Promise<CellFailure | undefined> {
  const outputs = collectOutputs();
  const cells = notebook.cells.filter((cell): cell is CodeCell =>
    cell.cell_type === "code" && cell.source.trim() !== "" && !hasTag(cell, "skip-execution")
  );
  for (const [i, cell] of cells.entries()) {
    const line = cell.source.trim().split("\n")[0];
    onCell?.({ cell: i + 1, cells: cells.length, line });
    const message = await runCell(session, cell, { seconds: cellSeconds, signal, show: outputs.into(cell) });
    if (message !== undefined) return { cell: i + 1, line, message };
  }
  return undefined;
}

/** How long a cell that was stopped may take to end before the kernel is ended with it, milliseconds. */
const ENDS_WITHIN_MS = 10_000;

/** Runs a cell; returns why it failed, if it did. */
async function runCell(
  session: KernelSession,
  cell: CodeCell,
  { seconds, signal, show }: { seconds: number; signal?: AbortSignal; show: Parameters<KernelSession["execute"]>[1] },
): Promise<string | undefined> {
  let stopped: string | undefined;
  const timers: ReturnType<typeof setTimeout>[] = [];
  const stop = (why: string) => {
    stopped ??= why;
    session.interrupt();
    timers.push(setTimeout(() => session.close(), ENDS_WITHIN_MS));
  };
  const onAbort = () => stop("The run was stopped.");
  timers.push(setTimeout(() => stop(`The cell did not end within its time limit of ${seconds} s.`), 1000 * seconds));
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) return "The run was stopped.";
  const silent = cell.id === INJECTED_ID; // the value of an assignment is nothing to show
  const content = { code: cell.source, silent, store_history: !silent, allow_stdin: false };
  try {
    const reply = await session.execute(content, show);
    if (!silent) cell.execution_count = reply.execution_count as number;
    if (stopped === undefined && (reply.status === "ok" || hasTag(cell, "raises-exception"))) return undefined;
    return stopped ?? `${reply.ename}: ${reply.evalue}`;
  } catch (error) {
    const message = stopped ?? (error as Error).message;
    cell.outputs.push({ output_type: "error", ename: "KernelEnded", evalue: message, traceback: [message] });
    return message;
  } finally {
    timers.forEach(clearTimeout);
    signal?.removeEventListener("abort", onAbort);
  }
}

function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" && !hasTag(cell, "skip-execution")
      ? { ...cell, outputs: [], execution_count: null }
      : cell
  );
  return { ...notebook, cells };
}

function kernelMetadata(name: string, version: string): Notebook["metadata"] {
  return {
    kernelspec: { name: AUSCULT_KERNEL.name, display_name: AUSCULT_KERNEL.displayName, language: "typescript" },
    language_info: { name, version, file_extension: ".ts", mimetype: "text/x.typescript" },
  };
}

/** Says on standard error which cell begins: in place on a terminal, as plain lines elsewhere. */
export function cellProgress(path: string): (event: CellEvent) => void {
  const terminal = Deno.stderr.isTerminal();
  const name = basename(path, ".ipynb");
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  return ({ cell, cells, line }) => {
    const text = `${name} ${cell}/${cells} ${line.slice(0, 60)}`;
    if (!terminal) write(`${text}\n`);
    else write(`\r\x1b[K${text}${cell === cells ? "\n" : ""}`);
  };
}
