/**
 * A table in Markdown, its columns padded to one width as `deno fmt` does.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect(markdownTable(["a", "bc"], [["1", "2"]])).toBe("| a   | bc  |\n| --- | --- |\n| 1   | 2   |");
 * ```
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, c) => Math.max(3, ...[header, ...rows].map((row) => [...row[c]].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, c) => cell + " ".repeat(widths[c] - [...cell].length)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
