import { UsageError } from "../errors/mod.ts";

/** A plain JSON object, any depth. */
export type Json = { [key: string]: unknown };

/**
 * A copy of `description` with `path=value` overrides as given to `--set`. A value is JSON where it parses as such,
 * else text. A list's element is named by its index.
 *
 * @throws {UsageError} for text without `=`, or a path through something that holds no keys.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect(setValues({ training: { epochs: 30 } }, ["training.epochs=5"])).toEqual({ training: { epochs: 5 } });
 * ```
 */
export function setValues(description: Json, assignments: readonly string[]): Json {
  const result = structuredClone(description);
  for (const assignment of assignments) {
    const at = assignment.indexOf("=");
    if (at < 1) {
      throw new UsageError({
        expected: "key=value, such as training.epochs=5",
        found: `"${assignment}"`,
        where: "--set",
      });
    }
    setValue(result, assignment.slice(0, at).split("."), parseValue(assignment.slice(at + 1)));
  }
  return result;
}

function setValue(target: Json, [key, ...rest]: string[], value: unknown): void {
  if (["__proto__", "constructor", "prototype"].includes(key)) {
    throw new UsageError({ expected: "a key of the experiment", found: `"${key}"`, where: "--set" });
  }
  if (Array.isArray(target) && !(/^\d+$/.test(key) && Number(key) <= target.length)) {
    throw new UsageError({
      expected: `an index of the list from 0 to ${target.length}`,
      found: `"${key}"`,
      where: "--set",
      remedy: "or set the whole list: key=[1,2]",
    });
  }
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = target[key] ?? {};
  if (typeof inner !== "object") {
    throw new UsageError({
      expected: `${key} to hold ${rest.join(".")}`,
      found: JSON.stringify(inner),
      where: "--set",
      remedy: `set ${key} itself`,
    });
  }
  target[key] = inner;
  setValue(inner as Json, rest, value);
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
