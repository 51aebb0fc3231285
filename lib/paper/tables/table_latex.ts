import { latexText } from "../text/latex_text.ts";
import { cellText, type PaperTable, printedTable } from "./paper_table.ts";

/** Letters that a column of the page holds, the same in smaller ones, and where a column of text breaks its lines. */
const NARROW = 62, SMALLER = 86, BROKEN = 24;

/**
 * A table in LaTeX, with the rules of booktabs (`booktabs`, `tabularx`): in one column of the page, or across both where it
 * needs them.
 */
export function tableLatex(table: PaperTable): string {
  const { name, caption, notes = [] } = table;
  const { head, parts } = printedTable(table);
  const rows = parts.flatMap((part) => part.rows);
  const letters = head.map((heading, c) =>
    [heading, ...rows.map((row) => cellText(row[c]))].map((text) => text.length)
  );
  const widths = letters.map((lengths) => Math.max(...lengths));
  const broken = widths.map((width, c) => width > BROKEN && rows.every((row) => typeof row[c] === "string"));
  const needed = widths.reduce((sum, width, c) => sum + 2 + (broken[c] ? BROKEN : width), 0);
  const columns = widths.map((_, c) =>
    broken[c] ? ">{\\raggedright\\arraybackslash}X" : rows.some((row) => typeof row[c] !== "string") ? "r" : "l"
  );
  const [begin, end] = broken.some(Boolean)
    ? [`\\begin{tabularx}{\\linewidth}`, "\\end{tabularx}"]
    : ["\\begin{tabular}", "\\end{tabular}"];
  const line = (cells: readonly string[]) => `${cells.map(latexText).join(" & ")} \\\\`;
  const place = needed > SMALLER ? "table*" : "table";
  const size = needed > NARROW && needed <= SMALLER ? "\\scriptsize" : "\\footnotesize";
  return [
    `\\begin{${place}}[tbp]`,
    `\\caption{${latexText(caption)}}\\label{tab:${name}}`,
    `\\centering${size}\\setlength{\\tabcolsep}{3pt}`,
    `${begin}{@{}${columns.join("")}@{}}`,
    "\\toprule",
    line(head),
    "\\midrule",
    ...parts.flatMap(({ title, rows }, i) => [
      ...(i > 0 ? ["\\addlinespace"] : []),
      ...(title === null ? [] : [`\\multicolumn{${head.length}}{@{}l}{\\textit{${latexText(title)}}} \\\\`]),
      ...rows.map((row) => line(row.map(cellText))),
    ]),
    "\\bottomrule",
    end,
    ...(notes.length > 0 ? [`\\par\\smallskip\\raggedright ${notes.map(latexText).join(" ")}`] : []),
    `\\end{${place}}`,
    "",
  ].join("\n");
}
