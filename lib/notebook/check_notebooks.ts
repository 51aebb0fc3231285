import { basename, dirname, join } from "node:path";
import { type Notebook, parseNotebook } from "./notebook_format.ts";
import { readNotebookText } from "./run_notebook.ts";

/** The cells of a notebook as one file, with the way back from its lines. */
interface CellsFile {
  /** Path of the file. */
  file: string;
  text: string;
  /** `"a.ipynb, cell 2, line 1"` */
  where(line: number): string;
}

/**
 * Checks notebooks as source: the cells of each, put one behind the other, are type-checked and linted by Deno; their format
 * is that of `deno fmt`; and they keep no outputs.
 *
 * @returns One line a problem, with the cell that it is in.
 * @throws {DataError} if a file is no notebook that this kernel runs.
 */
export async function checkNotebooks(paths: readonly string[]): Promise<string[]> {
  const notebooks = await Promise.all(paths.map(async (path) => parseNotebook(await readNotebookText(path), path)));
  const kept = notebooks.flatMap(({ cells }, n) =>
    cells.flatMap((cell, i) =>
      cell.cell_type === "code" && (cell.outputs.length > 0 || cell.execution_count !== null)
        ? [`${paths[n]}, cell ${i + 1}: outputs are kept; clear them before you commit`]
        : []
    )
  );
  const unformatted = await Promise.all(
    paths.map(async (path) =>
      await isFormatted(path) ? [] : [`${path}: not formatted; run deno fmt --no-config --line-width 120 ${path}`]
    ),
  );
  return [
    ...kept,
    ...unformatted.flat(),
    ...await checkCells(notebooks.map((notebook, n) => cellsFile(notebook, paths[n]))),
  ];
}

/**
 * Whether `deno fmt` leaves a notebook as it is. (`deno fmt --check` of Deno 2.9.6 complains of every notebook that its
 * cache doesn't know, with an empty difference; so a copy is formatted and compared.)
 */
async function isFormatted(path: string): Promise<boolean> {
  const folder = await Deno.makeTempDir();
  try {
    const copy = join(folder, "notebook.ipynb");
    const text = await readNotebookText(path);
    await Deno.writeTextFile(copy, text);
    await runDeno(["fmt", "--quiet", "--line-width", "120", "--no-config", copy]);
    return await Deno.readTextFile(copy) === text;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** All in one run of Deno, which then reads the library once. */
async function checkCells(cells: CellsFile[]): Promise<string[]> {
  const files = cells.map(({ file }) => file);
  try {
    await Promise.all(cells.map(({ file, text }) => Deno.writeTextFile(file, text)));
    const types = await runDeno(["check", ...files]);
    const lint = await runDeno(["lint", "--json", "--rules-exclude=no-unused-vars,prefer-const", ...files]);
    return [...typeProblems(types ?? "", cells), ...lintProblems(lint ?? "", cells)];
  } finally {
    await Promise.all(files.map((file) => Deno.remove(file).catch(() => {})));
  }
}

/** The cells one behind the other; beside the notebook, so that its relative imports and the import map hold. */
function cellsFile({ cells }: Notebook, path: string): CellsFile {
  const lines = cells.flatMap((cell, i) =>
    cell.cell_type === "code"
      ? cell.source.split("\n").map((text, line) => ({ text, place: `, cell ${i + 1}, line ${line + 1}` }))
      : []
  );
  return {
    text: `${lines.map(({ text }) => text).join("\n")}\nexport {};\n`,
    file: join(dirname(path), `.${basename(path, ".ipynb")}.${crypto.randomUUID().slice(0, 8)}.cells.tsx`),
    where: (line) => path + (lines.at(line - 1)?.place ?? ""),
  };
}

function typeProblems(output: string, cells: CellsFile[]): string[] {
  const problems: string[] = [];
  let message = "";
  for (const line of output.split("\n")) {
    const found = line.match(/^(TS\d+ \[ERROR\]: .*)/);
    if (found) message = found[1];
    const [, file, at] = line.match(/^\s+at (\S+):(\d+):\d+$/) ?? [];
    if (file === undefined || message === "") continue;
    problems.push(`${whereOf(file, Number(at), cells)}: ${message}`);
    message = "";
  }
  // Something else than a type, e.g. a module that isn't there.
  if (problems.length === 0 && output.includes("error:")) problems.push(output.trim().split("\n").pop()!);
  return problems;
}

function lintProblems(output: string, cells: CellsFile[]): string[] {
  if (output === "") return [];
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { filename: string; range: { start: { line: number } }; code: string; message: string }[];
  };
  return diagnostics.map(({ filename, range, code, message }) =>
    `${whereOf(filename, range.start.line, cells)}: ${message} (${code})`
  );
}

function whereOf(file: string, line: number, cells: CellsFile[]): string {
  return cells.find((one) => file.endsWith(basename(one.file)))?.where(line) ?? `${file}:${line}`;
}

/** What Deno wrote, or `undefined` where it found nothing wrong. */
async function runDeno(args: string[]): Promise<string | undefined> {
  const command = new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "piped", env: { NO_COLOR: "1" } });
  const { success, stdout, stderr } = await command.output();
  if (success) return undefined;
  return new TextDecoder().decode(args[0] === "lint" ? stdout : stderr);
}
