import { visibleText } from "../../files/mod.ts";
import { escapeXml } from "../../pictures/mod.ts";
import { type Cell, cellText, type PaperTable, printedTable } from "./paper_table.ts";

/** A table as a page, whose look is written at each cell so that a word processor takes it over with the table. */
export function tableHtml(table: PaperTable): string {
  const { caption, notes = [] } = table;
  const { head, parts } = printedTable(table);
  const rows = parts.flatMap((part) => part.rows), last = rows.at(-1);
  const body = parts.flatMap(({ title, rows }) => [
    ...(title === null ? [] : [`<tr><td dir="auto" colspan="${head.length}"><i>${text(title)}</i></td></tr>`]),
    ...rows.map((row) => line(row, { tag: "td", below: row === last ? "1.5pt" : undefined })),
  ]).join("\n");
  return [
    `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${text(caption)}</title>`,
    `<p><b>${text(caption)}</b></p>`,
    `<div style="overflow-x:auto"><table style="border-collapse:collapse;font:9pt Arial,sans-serif">`,
    `<thead>${line(head, { tag: "th", below: "0.75pt", rows })}</thead>`,
    `<tbody>\n${body}\n</tbody></table></div>`,
    ...notes.map((note) => `<p>${text(note)}</p>`),
    "</html>\n",
  ].join("\n");
}

function line(
  row: readonly Cell[],
  { tag, below, rows = [row] }: { tag: "td" | "th"; below?: string; rows?: readonly (readonly Cell[])[] },
): string {
  const cells = row.map((cell, c) => {
    const number = rows.some((other) => typeof other[c] !== "string");
    const lines = `${tag === "th" ? "border-top:1.5pt solid;" : ""}${below ? `border-bottom:${below} solid;` : ""}`;
    return `<${tag} dir="auto" style="padding:2pt 5pt;${lines}text-align:${number ? "right" : "left"}">` +
      `${text(cellText(cell))}</${tag}>`;
  });
  return `<tr>${cells.join("")}</tr>`;
}

/** Entities of a name are text, too. */
function text(content: string): string {
  return escapeXml(visibleText(content).replaceAll("&", "&amp;"));
}
