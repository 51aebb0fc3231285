import ts from "typescript";
import { RUNTIME } from "./fenced_kernel.ts";

export interface InterruptibleCodeOptions {
  /** Name of the variable that holds the runtime. @default {RUNTIME} */
  runtime?: string;
  /** Number of the first loop; no two loops of a kernel have the same. @default {0} */
  firstLoop?: number;
}

/** A cell made ready for the kernel. */
export interface InterruptibleCode {
  code: string;
  /** How many loops it has. */
  loops: number;
  /** What the parser found wrong, with line and column; then `code` is as it was. */
  syntaxError?: string;
}

/**
 * Makes the awaits of a cell end when the cell is stopped: `await X` becomes `await __cell.wait(X)`, and `for await (… of
 * X)` goes over `__cell.each(X)`. A last expression goes through `__cell.result`, what is thrown through
 * `__cell.thrown`, and each turn of a loop calls `__cell.turn(n)`. Lines stay where they are.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * const { code } = interruptibleCode("const page = await fetch(url);", { runtime: "__cell" });
 * expect(code).toBe("const page = await __cell.wait(fetch(url));");
 * ```
 */
export function interruptibleCode(
  code: string,
  { runtime = RUNTIME, firstLoop = 0 }: InterruptibleCodeOptions = {},
): InterruptibleCode {
  // Cells are TSX, except where an old type assertion (<T>x) says otherwise.
  const file = [ts.ScriptKind.TSX, ts.ScriptKind.TS].map((kind) => parse(code, kind))
    .find((parsed) => errors(parsed).length === 0);
  if (!file) return { code, loops: 0, syntaxError: describe(parse(code, ts.ScriptKind.TSX)) };
  const insertions: [position: number, text: string][] = [];
  const wrap = (node: ts.Node, callee: string) => {
    insertions.push([node.getStart(file), `${runtime}.${callee}(`], [node.end, ")"]);
  };
  let loops = 0;
  const check = (body: ts.Statement) => {
    const turn = `${runtime}.turn(${firstLoop + loops++});`;
    if (ts.isBlock(body)) insertions.push([body.getStart(file) + 1, turn]);
    else insertions.push([body.getStart(file), `{${turn}`], [body.end, "}"]);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIterationStatement(node, false)) check(node.statement);
    if (ts.isAwaitExpression(node)) wrap(node.expression, "wait");
    if (ts.isForOfStatement(node) && node.awaitModifier) wrap(node.expression, "each");
    if (ts.isThrowStatement(node)) wrap(node.expression, "thrown");
    ts.forEachChild(node, visit);
  };
  visit(file);
  const last = file.statements.at(-2); // behind it stands MODULE
  if (last && ts.isExpressionStatement(last)) wrap(last.expression, "result");
  return { code: insert(code, insertions), loops };
}

/**
 * Code that means an object stands in brackets, as the kernel puts it where nothing stands before it; other code is as it
 * was.
 */
export function bracketed(code: string): string {
  if (!/^\s*\{/.test(code) || /;\s*$/.test(code)) return code;
  const expression = `(${code}\n)`;
  return errors(parse(expression, ts.ScriptKind.TSX)).length === 0 ? expression : code;
}

/** The modules that a cell imports at its beginning, in order. */
export function importedModules(code: string): string[] {
  return parse(code, ts.ScriptKind.TSX).statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : []
  );
}

/** Behind the last line, it makes the cell a module: elsewhere `await (x)` is the call of a function. */
const MODULE = "\nexport {};";

function parse(code: string, kind: ts.ScriptKind): ts.SourceFile {
  return ts.createSourceFile("cell.tsx", code + MODULE, ts.ScriptTarget.Latest, true, kind);
}

/** What the parser noted; its public interface has this only for whole programs. */
function errors(file: ts.SourceFile): ts.DiagnosticWithLocation[] {
  return (file as unknown as { parseDiagnostics: ts.DiagnosticWithLocation[] }).parseDiagnostics;
}

function describe(file: ts.SourceFile): string {
  const [first] = errors(file);
  const { line, character } = file.getLineAndCharacterOfPosition(Math.min(first.start, file.end - MODULE.length));
  const text = ts.flattenDiagnosticMessageText(first.messageText, "\n");
  const source = file.text.split("\n")[line];
  return `${text} (line ${line + 1}, column ${character + 1})\n  ${source}\n  ${" ".repeat(character)}^`;
}

const isEnd = (text: string) => text === ")" || text === "}";

/** At the same position, a nested call's beginning stands behind its parent's, its end before. */
function insert(code: string, insertions: [number, string][]): string {
  const ordered = insertions.map(([position, text], order) => ({ position, text, order }))
    .toSorted((a, b) => a.position - b.position || (isEnd(a.text) ? b.order - a.order : a.order - b.order));
  let result = "", from = 0;
  for (const { position, text } of ordered) {
    result += code.slice(from, position) + text;
    from = position;
  }
  return result + code.slice(from);
}
