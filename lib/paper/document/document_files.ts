import preamble from "./preamble.tex" with { type: "text" };
import paper from "./paper.tex" with { type: "text" };
import supplement from "./supplement.tex" with { type: "text" };
import { plainText } from "../../files/mod.ts";
import type { PaperFigure } from "../figures/paper_figures.ts";
import type { PaperRun } from "../paper_run.ts";
import type { PaperTable } from "../tables/paper_table.ts";
import { bibliography, citedLatex, citedMarkdown } from "../text/cited.ts";
import { latexText } from "../text/latex_text.ts";
import { methodsText } from "../text/methods_text.ts";
import { resultsSentences } from "./results_sentences.ts";

/** What the document is made of. */
export interface DocumentContents {
  runs: readonly PaperRun[];
  tables: readonly PaperTable[];
  figures: readonly PaperFigure[];
  /** Sentences on runs that are in no paired table. */
  apart: readonly string[];
}

/** Tables that stand in the paper itself, and the figure of several runs or of one; the others are the supplement. */
const FIRST_TABLES = /^(subjects|scores|comparison)/, OF_RUNS = /^runs$/, OF_A_RUN = /^roc/;

/**
 * The files of the LaTeX document by their names, and methods and results as Markdown. `paper.tex` and `supplement.tex` are
 * the author's from then on; all else is made again each time.
 */
export function documentFiles({ runs, tables, figures, apart }: DocumentContents): Record<string, string> {
  const { sections, datasets } = methodsText(runs);
  const own = new Set(datasets.keys());
  const results = runs.map((one) => ({ title: one.label, text: resultsSentences(one).join(" ") }));
  const words = sections.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)).join(" ");
  const [firstTables, otherTables] = parted(tables, FIRST_TABLES);
  const [firstFigures, otherFigures] = parted(
    figures,
    figures.some(({ name }) => OF_RUNS.test(name)) ? OF_RUNS : OF_A_RUN,
  );
  const inputs = (names: readonly PaperTable[]) => names.map(({ name }) => `\\input{tables/${name}}`);
  return {
    "paper.tex": paper,
    "supplement.tex": supplement,
    "preamble.tex": preamble,
    "references.bib": bibliography(words, datasets),
    "methods.tex": lines(sections.flatMap(({ title, paragraphs }) => [
      `\\subsection{${latexText(title)}}`,
      ...paragraphs.map(({ title, text }) => `\\paragraph{${title}} ${citedLatex(text, own)}`),
    ])),
    "methods.md": lines(sections.flatMap(({ title, paragraphs }) => [
      `## ${plainText(title)}`,
      ...paragraphs.map(({ title, text }) => `**${title}.** ${citedMarkdown(text, own)}`),
    ])),
    "results.tex": lines([
      ...results.map(({ title, text }) => `\\paragraph{${latexText(title)}} ${latexText(text)}`),
      ...apart.map(latexText),
    ]),
    "floats.tex": lines([...inputs(firstTables), ...firstFigures.map(figureLatex)]),
    "results.md": lines([
      ...results.map(({ title, text }) => `**${plainText(title)}.** ${plainText(text)}`),
      ...apart.map(plainText),
    ]),
    "supplement-contents.tex": lines([...inputs(otherTables), ...otherFigures.map(figureLatex), "\\clearpage"]),
  };
}

function lines(paragraphs: readonly string[]): string {
  return paragraphs.join("\n\n") + "\n";
}

function parted<T extends { name: string }>(all: readonly T[], first: RegExp): [first: T[], others: T[]] {
  return [all.filter(({ name }) => first.test(name)), all.filter(({ name }) => !first.test(name))];
}

function figureLatex({ name, caption }: PaperFigure): string {
  return [
    "\\begin{figure}[tbp]\\centering",
    `\\includegraphics[width=\\linewidth]{figures/${name}-column}`,
    `\\caption{${latexText(caption)}}\\label{fig:${name}}`,
    "\\end{figure}",
  ].join("\n");
}
