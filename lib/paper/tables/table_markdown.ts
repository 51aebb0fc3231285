import { markdownTable, plainText } from "../../files/mod.ts";
import { cellText, type PaperTable } from "./paper_table.ts";

/** A table in Markdown, with its caption above and its notes below. */
export function tableMarkdown({ caption, head, rows, notes = [] }: PaperTable): string {
  const body = markdownTable(head.map(plainText), rows.map((row) => row.map((cell) => plainText(cellText(cell)))));
  return [`**${plainText(caption)}**`, body, ...notes.map(plainText)].join("\n\n") + "\n";
}
