import { markdownTable } from "../files/mod.ts";
import type { Reproduction } from "./compare_reproduction.ts";

/** A reproduction as Markdown: what agrees in one line, what may be why, every file and every number. */
export function describeReproduction({ files, numbers, reasons }: Reproduction): string {
  const same = files.filter(({ agreement }) => agreement === "the same").length;
  const counts = [...Map.groupBy(numbers, ({ agreement }) => agreement)].map(([name, those]) =>
    `${those.length} ${name}`
  );
  const shown = (value: number | null) => value === null ? "none" : String(value);
  return [
    `Files: ${same} of ${files.length} the same to the byte. Numbers: ${counts.join(", ")}.`,
    reasons.length === 0
      ? "Nothing was done differently that could change a number."
      : `Done differently:\n${reasons.map((reason) => `- ${reason}`).join("\n")}`,
    markdownTable(["file", "agreement"], files.map(({ name, agreement }) => [name, agreement])),
    markdownTable(
      ["number", "first", "again", "agreement"],
      numbers.map(({ name, first, again, agreement }) => [name, shown(first), shown(again), agreement]),
    ),
  ].join("\n\n");
}
