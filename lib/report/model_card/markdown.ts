import { visibleText } from "../../files/mod.ts";

/** Text that Markdown, HTML and terminals leave as it is: names of classes, files and sources are never markup. */
export function plainText(text: string): string {
  const escaped = text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]#|!~$]/g, "\\$&")
    .replaceAll(/\s*[\r\n]+\s*/g, " ");
  return visibleText(escaped);
}

/** A Markdown table; cells are taken as Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A Markdown list. */
export function markdownList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
