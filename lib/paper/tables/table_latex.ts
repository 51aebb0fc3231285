import { latexText, latexWidth } from "../text/latex_text.ts";
import { type Cell, cellText, type PaperTable, type PrintedTable, printedTable } from "./paper_table.ts";

/** Letters that a column of the page holds, the same in smaller ones, and where a column of text breaks its lines. */
const NARROW = 62, SMALLER = 86, BROKEN = 24;
/** What is wider than its column all the same is drawn smaller. */
const SHRUNK = "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n";
const LINES = 76; // lines that a page holds of them

/**
 * A table in LaTeX, with the rules of booktabs (`booktabs`, `tabularx`): in one column of the page, or across both where it
 * needs them; what a page doesn't hold goes on in another table.
 */
export function tableLatex(table: PaperTable): string {
  const { name, caption, notes = [] } = table;
  const { head, parts } = printedTable(table);
  const rows = parts.flatMap((part) => part.rows);
  const letters = head.map((heading, c) => [heading, ...rows.map((row) => cellText(row[c]))].map(latexWidth));
  const widths = letters.map((lengths) => Math.max(...lengths));
  const titled = parts.some(({ title }) => title !== null);
  const texts = widths.map((_, c) => rows.every((row) => typeof row[c] === "string"));
  const broken = widths.map((width, c) => texts[c] && width > BROKEN);
  const needed = widths.reduce((sum, width, c) => sum + 2 + (broken[c] ? BROKEN : width), 0);
  // The line of a section is as wide as the column of the page, so the table has to be.
  const wide = broken.some(Boolean) || titled;
  const columns = texts.map((text, c) =>
    broken[c] || (titled && c === 0 && !broken.some(Boolean)) ? ">{\\raggedright\\arraybackslash}X" : text ? "l" : "r"
  );
  const [begin, end] = wide
    ? [`\\begin{tabularx}{\\linewidth}`, "\\end{tabularx}"]
    : [`${SHRUNK}\\begin{tabular}`, "\\end{tabular}}"];
  const line = (cells: readonly string[]) => `${cells.map(latexText).join(" & ")} \\\\`;
  const section = (title: string) =>
    `\\multicolumn{${head.length}}{@{}p{\\linewidth}@{}}{\\raggedright\\itshape ${latexText(title)}} \\\\`;
  const place = needed > SMALLER ? "table*" : "table";
  const size = needed > NARROW && needed <= SMALLER ? "\\scriptsize" : "\\footnotesize";
  const linesOf = (cell: Cell, c: number) => broken[c] ? Math.ceil(cellText(cell).length / BROKEN) : 1;
  const pages = pagesOf(parts, (row) => Math.max(...row.map(linesOf)));
  return pages.map((parts, page) =>
    [
      `\\begin{${place}}[tbp]`,
      page === 0
        ? `\\caption{${latexText(caption)}}\\label{tab:${name}}`
        : `\\ContinuedFloat\\caption{${latexText(caption)} (continued)}`,
      `\\centering${size}\\setlength{\\tabcolsep}{3pt}`,
      `${begin}{@{}${columns.join("")}@{}}`,
      "\\toprule",
      line(head),
      "\\midrule",
      ...parts.flatMap(({ title, rows }, i) => [
        ...(i > 0 ? ["\\addlinespace"] : []),
        ...(title === null ? [] : [section(title)]),
        ...rows.map((row) => line(row.map(cellText))),
      ]),
      "\\bottomrule",
      end,
      ...(notes.length > 0 && page === pages.length - 1
        ? [`\\par\\smallskip\\raggedright ${notes.map(latexText).join(" ")}`]
        : []),
      `\\end{${place}}`,
      "",
    ].join("\n")
  ).join("\n");
}

/** The rows of each page, under the titles of their sections; a section begins where all of it finds room, if a page has that. */
function pagesOf(parts: PrintedTable["parts"], lines: (row: readonly Cell[]) => number): PrintedTable["parts"][] {
  const pages: PrintedTable["parts"][] = [];
  let left = 0;
  for (const { title, rows } of parts) {
    const whole = rows.reduce((sum, row) => sum + lines(row), 2);
    if (whole <= LINES && left < whole) left = 0;
    for (const [i, row] of rows.entries()) {
      const needed = lines(row) + (i === 0 ? 2 : 0);
      if (left < needed) {
        pages.push([]);
        left = LINES;
      }
      left -= needed;
      const page = pages.at(-1)!;
      if (i === 0 || page.length === 0) page.push({ title, rows: [row] });
      else page.at(-1)!.rows.push(row);
    }
  }
  return pages;
}
