import { basename, dirname, join } from "node:path";
import { type CodeCell, type Notebook, parseNotebook } from "./notebook_format.ts";
import { readNotebookText } from "./run_notebook.ts";

/**
 * Checks a notebook as source: its cells, put one behind the other, are type-checked and linted by Deno; its format is
 * that of `deno fmt`; and it keeps no outputs.
 *
 * @returns One line a problem, with the cell that it is in.
 * @throws {DataError} if the file is no notebook that this kernel runs.
 */
export async function checkNotebook(path: string): Promise<string[]> {
  const notebook = parseNotebook(await readNotebookText(path), path);
  const kept = notebook.cells.flatMap((cell, i) =>
    cell.cell_type === "code" && (cell.outputs.length > 0 || cell.execution_count !== null)
      ? [`${path}, cell ${i + 1}: outputs are kept; clear them before you commit`]
      : []
  );
  const format = await runDeno(["fmt", "--check", "--quiet", path]);
  const unformatted = format === undefined ? [] : [`${path}: not formatted; run deno fmt ${path}`];
  return [...kept, ...unformatted, ...await checkCells(notebook, path)];
}

async function checkCells(notebook: Notebook, path: string): Promise<string[]> {
  const cells = notebook.cells.flatMap((cell, i) => cell.cell_type === "code" ? [{ cell, number: i + 1 }] : []);
  // Beside the notebook, so that its relative imports and the import map hold.
  const file = join(dirname(path), `.${basename(path, ".ipynb")}.${crypto.randomUUID().slice(0, 8)}.cells.tsx`);
  const { text, cellAtLine } = asModule(cells);
  await Deno.writeTextFile(file, text);
  try {
    const where = (line: number) => {
      const at = cellAtLine(line);
      return at ? `${path}, cell ${at.number}, line ${at.line}` : path;
    };
    const types = await runDeno(["check", file]);
    const lint = await runDeno(["lint", "--json", "--rules-exclude=no-unused-vars,prefer-const", file]);
    return [...typeProblems(types ?? "", basename(file), where), ...lintProblems(lint ?? "", where)];
  } finally {
    await Deno.remove(file);
  }
}

/** The cells as one module, with the way back from its lines. */
function asModule(cells: { cell: CodeCell; number: number }[]) {
  const lines: string[] = [];
  const origins: { number: number; line: number }[] = [];
  for (const { cell, number } of cells) {
    cell.source.split("\n").forEach((line, i) => {
      lines.push(line);
      origins.push({ number, line: i + 1 });
    });
  }
  return { text: `${lines.join("\n")}\nexport {};\n`, cellAtLine: (line: number) => origins.at(line - 1) };
}

function typeProblems(output: string, file: string, where: (line: number) => string): string[] {
  const problems: string[] = [];
  let message = "";
  for (const line of output.split("\n")) {
    const found = line.match(/^(TS\d+ \[ERROR\]: .*)/);
    if (found) message = found[1];
    const at = line.match(/^\s+at .*\/([^/]+):(\d+):\d+$/);
    if (at && message) {
      problems.push(`${at[1] === file ? where(Number(at[2])) : at[1]}: ${message}`);
      message = "";
    }
  }
  // Something else than a type, e.g. a module that isn't there.
  return problems.length === 0 && output.includes("error:")
    ? [`${where(0)}: ${output.trim().split("\n").pop()}`]
    : problems;
}

function lintProblems(output: string, where: (line: number) => string): string[] {
  if (output === "") return [];
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { range: { start: { line: number } }; code: string; message: string }[];
  };
  return diagnostics.map(({ range, code, message }) => `${where(range.start.line)}: ${message} (${code})`);
}

/** What Deno wrote, or `undefined` where it found nothing wrong. */
async function runDeno(args: string[]): Promise<string | undefined> {
  const command = new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "piped", env: { NO_COLOR: "1" } });
  const { success, stdout, stderr } = await command.output();
  if (success) return undefined;
  return new TextDecoder().decode(args[0] === "lint" ? stdout : stderr);
}
