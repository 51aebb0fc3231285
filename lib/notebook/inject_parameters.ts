import { UsageError } from "../errors/mod.ts";
import type { CodeCell, Notebook } from "./notebook_format.ts";

/** Id of the cell that is put in. */
export const INJECTED_ID = "injected-parameters";

/**
 * The notebook with a cell that gives other values to the variables of its cell tagged `parameters`: papermill's
 * convention (https://papermill.readthedocs.io/en/latest/usage-parameterize.html).
 *
 * @throws {UsageError} for a name that the tagged cell doesn't declare with `let` or `var`.
 */
export function injectParameters(notebook: Notebook, parameters: Record<string, unknown>): Notebook {
  const names = Object.keys(parameters);
  if (names.length === 0) return notebook;
  const at = notebook.cells.findIndex((cell) => cell.cell_type === "code" && hasTag(cell, "parameters"));
  const declared = at < 0 ? [] : declaredNames(notebook.cells[at].source);
  const unknown = names.find((name) => !declared.includes(name));
  if (unknown !== undefined) {
    const expected = `a parameter of the notebook (${declared.join(", ") || "it has none"})`;
    throw new UsageError({ expected, found: `"${unknown}"`, where: "-p" });
  }
  const injected: CodeCell = {
    cell_type: "code",
    id: INJECTED_ID,
    metadata: { tags: ["injected-parameters"] },
    execution_count: null,
    outputs: [],
    source: names.map((name) => `${name} = ${JSON.stringify(parameters[name])};`).join("\n"),
  };
  const others = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  return { ...notebook, cells: others.toSpliced(at + 1, 0, injected) };
}

export function hasTag({ metadata }: { metadata: Record<string, unknown> }, tag: string): boolean {
  return Array.isArray(metadata.tags) && metadata.tags.includes(tag);
}

function declaredNames(source: string): string[] {
  return [...source.matchAll(/^(?:let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gmu)].map((match) => match[1]);
}

/**
 * Parameters as written on a command line: JSON where it is JSON, else text.
 *
 * @throws {UsageError} for one without a name.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect(parseParameters(["epochs=3", "data=data/sprsound"])).toEqual({ epochs: 3, data: "data/sprsound" });
 * ```
 */
export function parseParameters(assignments: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(assignments.map((assignment) => {
    const [, name, value] = assignment.match(/^([\p{L}_$][\p{L}\p{N}_$]*)=(.*)$/su) ?? [];
    if (name === undefined) throw new UsageError({ expected: "name=value", found: `"${assignment}"`, where: "-p" });
    return [name, parseValue(value)];
  }));
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
