import ts from "typescript";
import { pathToFileURL } from "node:url";
import { startLanguageServer } from "./language_server.ts";

interface Diagnostic {
  code: number | string;
  message: string;
  severity: number;
  source?: string;
  range: { start: { line: number } };
}

/**
 * Errors that a notebook doesn't have: assigning to another cell's variable (2632: its module imports it), and parameters or
 * variables without a type (7000 to 7999), which quick work leaves out.
 */
const NO_ERRORS = (code: number) => code === 2632 || (code >= 7000 && code < 8000);
const AT_MOST = 5;
const NOTHING_KNOWN = /^```\w*\nany\n```$/; // what the server says of a name that isn't there

/** Asks Deno's language server about cells; it is started with the first question. */
export function cellLanguage(folder: string) {
  const { ask, ran, close } = cellDrafts(folder);
  return {
    /** Signature and doc comment, as Markdown, of what stands at the cursor or is called around it. */
    async inspect(code: string, cursor: number): Promise<string | undefined> {
      const hover = await ask<{ contents: { value: string } }>("textDocument/hover", code, wordAt(code, cursor));
      const text = hover?.contents.value.replaceAll("(alias) ", "").trim(); // imported from another cell: no news
      return text && !NOTHING_KNOWN.test(text) ? text : undefined;
    },
    /** Names that may stand at the cursor, with their kinds; they replace the word from `start`. */
    async complete(code: string, cursor: number): Promise<{ start: number; names: string[] }> {
      const start = cursor - (code.slice(0, cursor).match(/[\p{ID_Continue}$]*$/u)?.[0].length ?? 0);
      const typed = code.slice(start, cursor).toLowerCase();
      type Item = { label: string; sortText?: string };
      const answer = await ask<Item[] | { items: Item[] }>("textDocument/completion", code, cursor);
      const items = Array.isArray(answer) ? answer : answer?.items ?? [];
      const fitting = items.filter(({ label }) => label.toLowerCase().startsWith(typed))
        .toSorted((a, b) => (a.sortText ?? "").localeCompare(b.sortText ?? ""));
      return { start, names: [...new Set(fitting.map(({ label }) => label.replace(/\?$/, "")))].slice(0, 100) };
    },
    /** The type errors of a cell that is about to run, `"line 2: …"`. */
    async problems(code: string): Promise<string[]> {
      const { items = [] } = await ask<{ items?: Diagnostic[] }>("textDocument/diagnostic", code, 0) ?? {};
      const last = code.split("\n").length;
      const errors = items.filter(({ severity, source, code, range: { start } }) =>
        severity === 1 && source === "deno-ts" && !NO_ERRORS(Number(code)) && start.line >= 1 && start.line <= last
      );
      return errors.slice(0, AT_MOST).map(({ message, range: { start } }) => `line ${start.line}: ${message}`);
    },
    ran,
    close,
  };
}

/** The cells of a folder as the language server knows them: those that ran, and a draft that is asked about. */
function cellDrafts(folder: string) {
  const modules = cellModules(pathToFileURL(folder).href);
  let starting: ReturnType<typeof startLanguageServer> | undefined;
  let version = 0, draftIsOpen = false;
  const kept: CellModule[] = [];

  const open = (running: Awaited<ReturnType<typeof startLanguageServer>>, { uri, text }: CellModule) => {
    const textDocument = { uri, version: ++version, languageId: "typescriptreact", text };
    running.notify("textDocument/didOpen", { textDocument });
  };
  const server = () =>
    starting ??= startLanguageServer(folder).then((running) => {
      for (const module of kept) open(running, module);
      return running;
    });

  async function ask<T>(method: string, code: string, cursor: number): Promise<T | null> {
    const running = await server();
    const draft = modules.draft(code);
    const textDocument = { uri: draft.uri, version: ++version };
    if (draftIsOpen) running.notify("textDocument/didChange", { textDocument, contentChanges: [{ text: draft.text }] });
    else open(running, draft);
    draftIsOpen = true;
    return running.request<T | null>(method, { textDocument: { uri: draft.uri }, position: positionOf(code, cursor) });
  }

  return {
    ask,
    /** A cell has run: later ones see its names. */
    ran(code: string): void {
      const module = modules.keep(code);
      kept.push(module);
      starting?.then((running) => open(running, module), () => {});
    },
    close: () => void starting?.then((running) => running.close(), () => {}),
  };
}

/** Line and character, the cell's first line being the module's second. */
function positionOf(code: string, cursor: number): { line: number; character: number } {
  const before = code.slice(0, cursor).split("\n");
  return { line: before.length, character: before.at(-1)!.length };
}

/** The place of the word at the cursor, or of what is called with the arguments around it: `f` of `f(a, |)`. */
function wordAt(code: string, cursor: number): number {
  const isWord = (at: number) => /[\p{ID_Continue}$]/u.test(code[at] ?? "");
  if (isWord(cursor)) return cursor;
  if (isWord(cursor - 1)) return cursor - 1;
  let depth = 0;
  for (let at = cursor - 1; at > 0; at--) {
    if (/[)\]}]/.test(code[at])) depth++;
    else if (/[([{]/.test(code[at]) && --depth < 0) {
      if (code[at] === "(" && isWord(at - 1)) return at - 1;
      depth = 0;
    }
  }
  return cursor;
}

/** The text of a cell as a module, which begins at the second line. */
interface CellModule {
  uri: string;
  text: string;
}

/**
 * In a notebook a name may be declared again, with another type: as one file the cells would contradict each other. As a
 * module each, the newest declaration wins.
 *
 * @param folder Address of the folder that relative imports of cells start from; no file is written there.
 */
export function cellModules(folder: string) {
  const id = crypto.randomUUID().slice(0, 8), declaredIn = new Map<string, string>();
  let count = 0;
  const moduleOf = (name: string, code: string): CellModule & { declared: string[] } => {
    const declared = declaredNames(code);
    const wanted = [...declaredIn].filter(([word]) => !declared.includes(word) && code.includes(word));
    const imports = [...Map.groupBy(wanted, ([, file]) => file)].map(([file, words]) =>
      `import { ${words.map(([word]) => word).join(", ")} } from "./${file}";`
    );
    const text = `${imports.join(" ")}\n${code}\nexport { ${declared.join(", ")} };\n`;
    return { uri: `${folder}/${name}`, text, declared };
  };
  return {
    /** The cell as the next module; it imports what it uses of the cells before it. */
    draft: (code: string): CellModule => moduleOf(`.cell-${id}.tsx`, code),
    /** Keeps a cell that ran: later ones see its names, the newest declaration of each. */
    keep(code: string): CellModule {
      const file = `.cell-${id}-${++count}.tsx`;
      const { declared, ...module } = moduleOf(file, code);
      for (const name of declared) declaredIn.set(name, file);
      return module;
    },
  };
}

/** The names that a cell declares or imports for the cells after it. */
export function declaredNames(code: string): string[] {
  const file = ts.createSourceFile("cell.tsx", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  const names = new Set<string>();
  const bind = (name: ts.BindingName | undefined): void => {
    if (name === undefined) return;
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) statement.declarationList.declarations.forEach(({ name }) => bind(name));
    else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      bind(name);
      if (namedBindings && ts.isNamespaceImport(namedBindings)) bind(namedBindings.name);
      else namedBindings?.elements.forEach((element) => bind(element.name));
    } else if (
      ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
    ) bind(statement.name);
  }
  return [...names];
}
