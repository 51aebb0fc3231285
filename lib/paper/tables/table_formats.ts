import type { PaperTable } from "./paper_table.ts";
import { tableCsv } from "./table_csv.ts";
import { tableHtml } from "./table_html.ts";
import { tableLatex } from "./table_latex.ts";
import { tableMarkdown } from "./table_markdown.ts";

/** What a table is written as, by the ending of its file. */
export const tableFormats: Record<string, (table: PaperTable) => string> = {
  tex: tableLatex,
  md: tableMarkdown,
  html: tableHtml,
  csv: tableCsv,
};
