import { UsageError } from "../errors/mod.ts";

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
