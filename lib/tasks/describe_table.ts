import { attributeName, healthyFirst, suspicions } from "../datasets/mod.ts";
import type { ColumnNames, DatasetCheck, DatasetFinding, ManifestRow } from "../datasets/mod.ts";
import { visibleText } from "../files/mod.ts";
import { nextStep } from "./next_step.ts";

/** Findings that are printed of those that are alike. */
const SHOWN = 8;

/** What `deno task data check TABLE` says: how the table was understood, what is in it, what is odd, and what comes next. */
export function describeTable(
  { table, rows: tasks, ...check }: DatasetCheck,
  asked: { path: string; columns?: ColumnNames },
): string[] {
  const all = tasks.get("labels") ?? [], { name, columns, rows: lines, delimiter } = table!;
  const train = all.filter(({ part }) => part === "train");
  const used = train.length > 0 ? train : all;
  const divided = delimiter === undefined ? "" : `, fields divided by ${JSON.stringify(delimiter)}`;
  const read = table!.encoding === "Windows-1252" ? ", read as Windows-1252 since it isn't UTF-8" : "";
  const odd = suspicions(all, table!);
  const { problems, next } = nextStep(used, { ...asked, findings: check.findings });
  return [
    `${name}: ${lines.length} lines below the header${divided}${read}`,
    ...section("Columns", columns.map((column) => `${column.padEnd(24)} ${meaning(column, table!)}`)),
    ...section("Understood so", check.warnings),
    ...section("What there is", [...amounts(all), ...lengths(check, all)]),
    ...section("Findings", findingLines(check.findings, ({ kind }) => kind)),
    ...section("Odd", odd),
    ...section("Five folds by subject", problems),
    next,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

function meaning(column: string, { of, rows }: NonNullable<DatasetCheck["table"]>): string {
  const role = Object.entries(of).find(([, name]) => name === column)?.[0];
  if (role !== undefined) return `the ${role}`;
  const values = new Set(rows.map(({ cells }) => cells[column]).filter((cell) => cell !== ""));
  const known = attributeName(column);
  const what = known === "age" ? "the age in years" : known === column ? "an attribute" : `the ${known}, an attribute`;
  return values.size === 0 ? "empty" : `${what} (${values.size} values, such as ${JSON.stringify([...values][0])})`;
}

function amounts(rows: readonly ManifestRow[]): string[] {
  const by = (key: "label" | "part" | "source") => {
    const groups = Map.groupBy(rows, (row) => row[key]);
    return healthyFirst(groups.keys()).map((name) => [name, groups.get(name)!] as const);
  };
  const listed = (key: "part" | "source") =>
    by(key).length < 2 ? [] : by(key).map(([name, own]) => `${key} ${name}: ${amount(own)}`);
  return [
    amount(rows),
    ...by("label").map(([name, own]) => `class ${name}: ${amount(own)}`),
    ...listed("part"),
    ...listed("source"),
  ];
}

function amount(rows: readonly ManifestRow[]): string {
  const count = (key: "recording" | "subject") => new Set(rows.map((row) => row[key])).size;
  const parts = [[rows.length, "item"], [count("recording"), "recording"], [count("subject"), "subject"]] as const;
  return parts.map(([number, noun]) => `${number} ${noun}${number === 1 ? "" : "s"}`).join(", ");
}

function lengths({ rates }: Pick<DatasetCheck, "rates">, rows: readonly ManifestRow[]): string[] {
  const sorted = rows.map(({ start, end }) => end - start).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const text = (value: number) => `${Number(value.toFixed(2))} s`;
  const total = (sorted.reduce((a, b) => a + b) / 3600).toFixed(2);
  const hertz = [...Map.groupBy(rates.values(), (rate) => rate)].sort(([a], [b]) => a - b)
    .map(([rate, own]) => `${rate} Hz (${own.length})`);
  return [
    `durations: ${text(sorted[0])} to ${text(sorted.at(-1)!)}, ` +
    `median ${text(sorted[sorted.length >> 1])}, ${total} hours in all`,
    ...hertz.length > 0 ? [`sampling rates: ${hertz.join(", ")}, of ${rates.size} recordings that were looked at`] : [],
  ];
}

/** A line a finding; of those that are alike the first ones, and how many there are more. */
export function findingLines(
  all: readonly DatasetFinding[],
  alike: (finding: DatasetFinding) => string = ({ kind, message }) => `${kind} ${message}`,
): string[] {
  return [...Map.groupBy(all, alike).values()].flatMap((own) => [
    ...own.slice(0, SHOWN).map(({ kind, path, message }) =>
      visibleText(`${kind}: ${path}${path ? " " : ""}${message}`).replaceAll("\n", "\\n")
    ),
    ...own.length > SHOWN ? [`${own[0].kind}: and ${own.length - SHOWN} more`] : [],
  ]);
}
