/**
 * A table in Markdown, its columns padded to one width as `deno fmt` does. A cell keeps its place, whatever stands in it.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect(markdownTable(["a", "bc"], [["1", "2"]])).toBe("| a   | bc  |\n| --- | --- |\n| 1   | 2   |");
 * expect(markdownTable(["a"], [["no|mixup\n"]])).toContain("| no\\|mixup");
 * ```
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const [head, ...body] = [header, ...rows].map((row) => row.map(inOneCell));
  const widths = head.map((_, c) => Math.max(3, ...[head, ...body].map((row) => [...row[c]].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => cell + " ".repeat(widths[c] - [...cell].length)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** Bars that aren't escaped yet would begin another cell, line feeds another row. */
function inOneCell(text: string): string {
  return text.replaceAll(/(?<!\\)\|/g, "\\|").replaceAll(/\s*[\r\n]+\s*/g, " ");
}
