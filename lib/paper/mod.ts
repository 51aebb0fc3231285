/**
 * From runs to a paper: tables, figures, a methods text and a LaTeX document, true to the files of the runs.
 *
 * @module
 */
export { type PaperOptions, writePaper, type WrittenPaper } from "./write_paper.ts";
export { type PaperRun, readPaperRuns } from "./paper_run.ts";
export { type Cell, cellText, type NumberCell, type PaperTable } from "./tables/paper_table.ts";
export { tableFormats } from "./tables/table_formats.ts";
export { plainSettings } from "./text/settings.ts";
export { latexText } from "./text/latex_text.ts";
