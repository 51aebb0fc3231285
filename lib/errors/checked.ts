import type { z } from "zod";
import { DataError, type Problem } from "./auscult_error.ts";

/**
 * A value as its schema says it is; what doesn't fit ends in one sentence, and not in a list of all that the schema wanted.
 *
 * @param problem Where the value comes from and what to do; `expected` names the whole.
 * @throws {DataError} naming the first key that doesn't fit, and how many others don't.
 */
export function checked<T extends z.ZodType>(
  schema: T,
  value: unknown,
  problem: Pick<Problem, "expected" | "where" | "remedy">,
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }, ...others] = parsed.error.issues;
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  const [said] = message.split("\n");
  const at = path.join(".") || "its root";
  // zod speaks of JavaScript's `undefined`, readers of files of what isn't there.
  const what = said.replace(/^Invalid input: expected (.+), received undefined$/, "it is missing (expected $1)");
  throw new DataError({ ...problem, found: `at ${at}: ${what}${more}` });
}
