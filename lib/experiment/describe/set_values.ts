import { UsageError } from "../../errors/mod.ts";

/** A plain JSON object, any depth. */
export type Json = { [key: string]: unknown };

/**
 * A copy of `description` with `path=value` overrides as given to `--set`. A value is JSON where it parses as such,
 * else text. A list's element is named by its index.
 *
 * @param defaultAt What stands at a path that the description says nothing of: one value of it can then be changed.
 * @throws {UsageError} for text without `=`, or a path through something that holds no such key.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect(setValues({ training: { epochs: 30 } }, ["training.epochs=5"])).toEqual({ training: { epochs: 5 } });
 * ```
 */
export function setValues(
  description: Json,
  assignments: readonly string[],
  defaultAt: (path: readonly string[]) => unknown = () => undefined,
): Json {
  const result = structuredClone(description);
  for (const assignment of assignments) {
    const at = assignment.indexOf("=");
    if (at < 1) {
      const expected = "key=value, such as training.epochs=5";
      throw new UsageError({ expected, found: `"${assignment}"`, where: "--set" });
    }
    const path = assignment.slice(0, at).split(".");
    let holder: Json = result;
    path.forEach((key, depth) => {
      checkKey(holder, path, depth);
      if (depth === path.length - 1) holder[key] = parseValue(assignment.slice(at + 1));
      else {
        const there = Object.hasOwn(holder, key) ? holder[key] : undefined;
        holder = holder[key] = (there ?? defaultAt(path.slice(0, depth + 1)) ?? {}) as Json;
      }
    });
  }
  return result;
}

function checkKey(holder: unknown, path: readonly string[], depth: number): void {
  const key = path[depth], above = path.slice(0, depth).join(".");
  if (["__proto__", "constructor", "prototype"].includes(key)) {
    throw new UsageError({ expected: "a key of the experiment", found: `"${key}"`, where: "--set" });
  }
  if (typeof holder !== "object" || holder === null) {
    const expected = `${above} to hold ${path.slice(depth).join(".")}`;
    throw new UsageError({ expected, found: JSON.stringify(holder), where: "--set", remedy: `set ${above} itself` });
  }
  if (!Array.isArray(holder) || (/^\d+$/.test(key) && Number(key) <= holder.length)) return;
  const found = `"${key}"`;
  const where = `--set ${path.join(".")}`;
  const remedy = `set the whole list: --set '${above}=[1,2]'`;
  throw new UsageError({ expected: `an index of the list from 0 to ${holder.length}`, found, where, remedy });
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
