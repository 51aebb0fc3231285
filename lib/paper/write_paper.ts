import { join } from "node:path";
import { writeAtomic } from "../files/mod.ts";
import { documentFiles } from "./document/document_files.ts";
import { type PaperFigure, paperFigures, runsFigure, WIDTHS } from "./figures/paper_figures.ts";
import { svgPdf } from "./figures/svg_pdf.ts";
import { paperTables } from "./contents/paper_tables.ts";
import type { PaperRun } from "./paper_run.ts";
import { tableFormats } from "./tables/table_formats.ts";

export interface WrittenPaper {
  /** Names below the folder. */
  files: string[];
  /** Sentences on what is missing, or can't be compared. */
  notes: string[];
}

export interface PaperOptions {
  /** Told after each run whose figures were drawn. */
  drawn?: (done: number) => void;
}

const AUTHORS = ["paper.tex", "supplement.tex"]; // what an author writes in, so that it is never written over

/**
 * Writes what a paper is made of into a folder, from the files of runs alone: `tables/`, `figures/`, methods and results as
 * LaTeX and Markdown, and a document of them.
 *
 * @throws {DataError} where the folder can't be written.
 */
export async function writePaper(
  runs: readonly PaperRun[],
  folder: string,
  { drawn }: PaperOptions = {},
): Promise<WrittenPaper> {
  const files: string[] = [], notes: string[] = [], tex: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    if (typeof content === "string" && name.endsWith(".tex") && !AUTHORS.includes(name)) tex.push(content);
    await writeAtomic(join(folder, name), content);
    files.push(name);
  };
  const { tables, apart } = paperTables(runs);
  for (const table of tables) {
    for (const [ending, format] of Object.entries(tableFormats)) {
      await write(`tables/${table.name}.${ending}`, format(table));
    }
  }
  const figures = runsFigure(runs);
  for (const figure of figures) await writeFigure(figure, write);
  for (const [i, one] of runs.entries()) {
    const own = paperFigures(one);
    for (const figure of own) await writeFigure(figure, write);
    figures.push(...own);
    drawn?.(i + 1);
  }
  for (const [name, content] of Object.entries(documentFiles({ runs, tables, figures, apart }))) {
    const there = AUTHORS.includes(name) ? await Deno.readTextFile(join(folder, name)).catch(() => null) : null;
    if (there !== null && there !== content) {
      notes.push(`${name} is yours and was left as it is; all else was written again.`);
    } else await write(name, content);
  }
  if (tex.some((text) => text.includes("\\other{"))) {
    const numbers = "pdflatex has no letters for some names and prints their numbers in Unicode";
    notes.push(`${numbers}; xelatex and lualatex print the letters.`);
  }
  notes.push(
    ...apart,
    ...runs.flatMap(({ label, run }) => run.problems.map(({ file, problem }) => `${label}: ${file}: ${problem}`)),
  );
  return { files, notes };
}

async function writeFigure(
  { name, svg }: PaperFigure,
  write: (name: string, content: string | Uint8Array) => Promise<void>,
): Promise<void> {
  for (const [width, { millimetres, pixels }] of Object.entries(WIDTHS)) {
    const picture = svg(pixels);
    await write(`figures/${name}-${width}.svg`, printed(picture, millimetres));
    await write(`figures/${name}-${width}.pdf`, await svgPdf(picture, { millimetres }));
  }
}

/** The picture with its printed width, its height after it. */
function printed(svg: string, millimetres: number): string {
  return svg.replace(/width="[\d.]+" height="[\d.]+"/, `width="${millimetres}mm"`);
}
