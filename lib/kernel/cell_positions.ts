import { SourceMap } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import { RUNTIME } from "./fenced_kernel.ts";

/** A cell that was run. */
export interface RanCell {
  /** Its execution count, where it has one. */
  count?: number;
  /** As it was written. */
  code: string;
  /** As it was sent to the kernel: the same lines. */
  sent: string;
}

const PREFIX = '"use strict"; void 0;'.length; // what Deno's kernel puts before the first line of a cell

/** `at f (<anonymous>:12:5)`, `at async <anonymous>:1:3` */
const FRAME = /^( *at )(?:(async )?(.*) \()?(?:async )?<anonymous>:(\d+):(\d+)(\)?(?: \{)?)$/gm;

/**
 * The lines of a traceback as they are in the cells. The kernel runs what its transpiler made of a cell, where types,
 * comments and empty lines are gone, and says nothing of the way back; so a cell that failed is transpiled once more, with
 * a source map. Every cell is `<anonymous>`: a frame in a function is looked for in the newest cell that has this function
 * there.
 *
 * @param cells Those that ran, the failed one last.
 * @returns The traceback, with the line of the innermost frame that is in a cell below it.
 */
export async function cellTraceback(traceback: string, cells: readonly RanCell[]): Promise<string> {
  const frames = [...traceback.matchAll(FRAME)];
  let result = "", from = 0, excerpt = "";
  for (const frame of frames) {
    const [text, at, , name, line, column, end] = frame;
    const place = await findPlace({ name, line: Number(line), column: Number(column) }, cells);
    if (place === undefined) continue;
    const file = place.cell === cells.at(-1) ? "<anonymous>" : `cell [${place.cell.count ?? " "}]`;
    const head = text.slice(0, text.length - `<anonymous>:${line}:${column}${end}`.length);
    result += traceback.slice(from, frame.index) + `${head || at}${file}:${place.line}:${place.column}${end}`;
    from = frame.index + text.length;
    excerpt ||= `\n\n  ${place.line} | ${place.cell.code.split("\n")[place.line - 1] ?? ""}`;
  }
  return result + traceback.slice(from) + excerpt;
}

interface Place {
  cell: RanCell;
  line: number;
  column: number;
}

async function findPlace(
  { name, line, column }: { name?: string; line: number; column: number },
  cells: readonly RanCell[],
): Promise<Place | undefined> {
  const called = name?.match(/([\p{ID_Start}$_#][\p{ID_Continue}$]*)(?: \[as .*\])?$/u)?.[1];
  const candidates = called === undefined ? cells.slice(-1) : cells.filter(({ code }) => code.includes(called));
  for (const cell of candidates.toReversed()) {
    const entry = (await sourceMapOf(cell.sent))?.findEntry(line - 1, column - 1 - (line === 1 ? PREFIX : 0));
    if (!entry || !("originalLine" in entry)) continue;
    const place = { cell, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
    if (called !== undefined && !isInFunction(cell.sent, { ...place, called })) continue;
    return { ...place, column: place.column - inserted(cell.sent, place) };
  }
  return undefined;
}

/** Letters that were put into a line before a column. */
function inserted(sent: string, { line, column }: Pick<Place, "line" | "column">): number {
  const before = (sent.split("\n")[line - 1] ?? "").slice(0, column - 1);
  return [...before.matchAll(INSERTED)].reduce((sum, [text]) => sum + text.length, 0);
}

const INSERTED = new RegExp(`\\b${RUNTIME}\\.(?:begin\\(\\);|turn\\(\\d+\\);|\\w+\\()`, "g");

const maps = new Map<string, Promise<SourceMap | undefined>>();

function sourceMapOf(code: string): Promise<SourceMap | undefined> {
  const known = maps.get(code) ?? transpile(code);
  maps.set(code, known);
  return known;
}

/** As the kernel does it: imports that nothing uses stay where they are. */
async function transpile(code: string): Promise<SourceMap | undefined> {
  const folder = await Deno.makeTempDir({ prefix: "cell-" });
  try {
    await Deno.writeTextFile(join(folder, "deno.json"), '{"compilerOptions":{"verbatimModuleSyntax":true}}');
    for (const name of ["cell.tsx", "cell.ts"]) {
      await Deno.writeTextFile(join(folder, name), code);
      const command = new Deno.Command(Deno.execPath(), {
        args: ["transpile", "--source-map", "inline", name],
        cwd: folder,
        stderr: "null",
      });
      const { success, stdout } = await command.output();
      const map = new TextDecoder().decode(stdout).match(/sourceMappingURL=data:application\/json;base64,(\S+)/)?.[1];
      if (success && map) return new SourceMap(JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(map))));
    }
    return undefined;
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

function isInFunction(
  code: string,
  { line, column, called }: { line: number; column: number; called: string },
): boolean {
  const file = ts.createSourceFile("cell.tsx", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const lines = file.getLineStarts();
  if (line > lines.length) return false;
  const position = lines[line - 1] + column - 1;
  let found = false;
  const visit = (node: ts.Node): void => {
    if (position < node.pos || position > node.end) return;
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) found ||= nameOf(node) === called;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Its own name, or that of the variable or property that it is the value of. */
function nameOf(node: ts.SignatureDeclaration | ts.ClassLikeDeclaration): string | undefined {
  const { parent } = node;
  const named = node.name ?? ((ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ||
      ts.isPropertyDeclaration(parent))
    ? parent.name
    : undefined);
  return named?.getText();
}
