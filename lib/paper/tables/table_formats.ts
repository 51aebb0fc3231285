import { type Cell, cellText, type NumberCell, type PaperTable, printedTable } from "./paper_table.ts";
import { tableLatex } from "./table_latex.ts";
import { formatCsv, markdownTable, plainText, visibleText } from "../../files/mod.ts";
import { escapeXml } from "../../pictures/mod.ts";

/** What a table is written as, by the ending of its file. */
export const tableFormats: Record<string, (table: PaperTable) => string> = {
  tex: tableLatex,
  md: tableMarkdown,
  html: tableHtml,
  csv: tableCsv,
};

/** A table in Markdown, with its caption above and its notes below. */
function tableMarkdown({ caption, head, rows, notes = [] }: PaperTable): string {
  const body = markdownTable(head.map(plainText), rows.map((row) => row.map((cell) => plainText(cellText(cell)))));
  return [`**${plainText(caption)}**`, body, ...notes.map(plainText)].join("\n\n") + "\n";
}

/** A table for programs: numbers with all their digits, the ends of an interval and what stands behind a number in columns of their own. */
function tableCsv({ head, rows }: PaperTable): string {
  const numbers = (column: number) => rows.map((row) => row[column]).filter((cell) => typeof cell !== "string");
  const columns = head.map((name, c) => ({ name: name || "what", parts: partsOf(numbers(c)) }));
  return formatCsv(
    rows.map((row) =>
      Object.fromEntries(row.flatMap((cell, c) => {
        const { name, parts } = columns[c];
        if (typeof cell === "string") return [[name, cell]];
        return [[name, cell.value ?? ""], ...parts.map((part) => [`${name}: ${part}`, cell[part] ?? ""])];
      }))
    ),
    columns.flatMap(({ name, parts }) => [name, ...parts.map((part) => `${name}: ${part}`)]),
  );
}

function partsOf(cells: readonly NumberCell[]): ("low" | "high" | "unit" | "note")[] {
  return (["low", "high", "unit", "note"] as const).filter((part) =>
    cells.some((cell) => (cell[part] ?? null) !== null)
  );
}

/** A table as a page, whose look is written at each cell so that a word processor takes it over with the table. */
function tableHtml(table: PaperTable): string {
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
