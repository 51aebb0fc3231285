import { Option } from "@commander-js/extra-typings";
import { type ColumnNames, columnNames } from "../datasets/mod.ts";
import { UsageError } from "../errors/mod.ts";
import { collect } from "./option_values.ts";

/** `--column role=name` of a command that reads a table; may be repeated. */
export function columnOption() {
  return new Option("--column <role=name>", "what a column of a table is: subject=Pat-Nr; may be repeated")
    .argParser(collect).default([] as string[]);
}

/**
 * The columns that `--column` names, as `dataset.columns` has them.
 *
 * @throws {UsageError} for what isn't `role=name` with one of the roles.
 */
export function columnsOf(given: readonly string[]): ColumnNames | undefined {
  if (given.length === 0) return undefined;
  const entries = given.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]);
  const parsed = columnNames.safeParse(Object.fromEntries(entries));
  if (parsed.success && given.every((text) => /^\w+=./.test(text))) return parsed.data;
  const expected = `ROLE=NAME with one of the roles ${Object.keys(columnNames.shape).join(", ")}`;
  throw new UsageError({ expected, found: given.map((text) => `"${text}"`).join(", "), where: "--column" });
}
