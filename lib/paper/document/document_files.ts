import preamble from "./preamble.tex" with { type: "text" };
import paper from "./paper.tex" with { type: "text" };
import supplement from "./supplement.tex" with { type: "text" };
import { plainText } from "../../files/mod.ts";
import type { PaperFigure } from "../figures/paper_figures.ts";
import type { PaperRun } from "../paper_run.ts";
import { cellText, type PaperTable } from "../tables/paper_table.ts";
import { bibliography, citedLatex, citedMarkdown } from "../text/cited.ts";
import { latexText } from "../text/latex_text.ts";
import { methodsText } from "../text/methods_text.ts";
import { headlineNames, toldScores } from "../../report/mod.ts";
import { scoreName } from "../../scores/mod.ts";
import { scoreCells } from "../contents/score_tables.ts";

export interface DocumentContents {
  runs: readonly PaperRun[];
  tables: readonly PaperTable[];
  figures: readonly PaperFigure[];
  /** Sentences on runs that are in no paired table. */
  apart: readonly string[];
}

/** Tables that stand in the paper itself, and the figure of several runs or of one; the others are the supplement. */
const FIRST_TABLES = /^(subjects|scores|comparison|external)/, OF_RUNS = /^runs$/, OF_A_RUN = /^roc/;

/**
 * The files of the LaTeX document by their names, and methods and results as Markdown. `paper.tex` and `supplement.tex` are
 * the author's from then on; all else is made again each time.
 */
export function documentFiles({ runs, tables, figures, apart }: DocumentContents): Record<string, string> {
  const { sections, datasets } = methodsText(runs);
  const own = new Set(datasets.keys()), warned = new Set<string>();
  const results = runs.map((one) => {
    const untold = warningsOf(one).filter((sentence) => !warned.has(sentence)); // runs of the same data warn alike
    untold.forEach((sentence) => warned.add(sentence));
    return { title: one.label, text: [...scoreSentence(one), ...untold].join(" ") };
  });
  if (apart.length > 0) results.push({ title: "Not compared in pairs", text: apart.join(" ") });
  const words = sections.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)).join(" ");
  const [firstTables, otherTables] = parted(tables, FIRST_TABLES);
  const ofRuns = figures.some(({ name }) => OF_RUNS.test(name));
  const [firstFigures, otherFigures] = parted(figures, ofRuns ? OF_RUNS : OF_A_RUN);
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
    "results.tex": lines(results.map(({ title, text }) => `\\paragraph{${latexText(title)}} ${latexText(text)}`)),
    "floats.tex": lines([...inputs(firstTables), ...firstFigures.map(figureLatex)]),
    "results.md": lines(results.map(({ title, text }) => `**${plainText(title)}.** ${plainText(text)}`)),
    "supplement-contents.tex": lines([...inputs(otherTables), "\\clearpage", ...otherFigures.map(placedLatex)]),
  };
}

function lines(paragraphs: readonly string[]): string {
  return paragraphs.join("\n\n") + "\n";
}

function parted<T extends { name: string }>(all: readonly T[], first: RegExp): [first: T[], others: T[]] {
  return [all.filter(({ name }) => first.test(name)), all.filter(({ name }) => !first.test(name))];
}

function figureLatex(figure: PaperFigure): string {
  return `\\begin{figure}[tbp]\\centering\n${drawn(figure, "\\caption")}\n\\end{figure}`;
}

/** A figure where it stands: TeX keeps few that still look for their place. */
function placedLatex(figure: PaperFigure): string {
  const begin = "\\noindent\\begin{minipage}{\\linewidth}\\centering", end = "\\end{minipage}\\par\\bigskip";
  return `${begin}\n${drawn(figure, "\\captionof{figure}")}\n${end}`;
}

function drawn({ name, caption }: PaperFigure, command: string): string {
  return `\\includegraphics[width=\\linewidth]{figures/${name}-column}\n` +
    `${command}{${latexText(caption)}}\\label{fig:${name}}`;
}

/** What came out for a run: its first score beside its floor. */
function scoreSentence(one: PaperRun): string[] {
  const [name] = headlineNames(one), score = toldScores(one)[name];
  if (score === undefined) return [];
  const [value, { value: n, unit }, floor] = scoreCells(score);
  const beside = score.floor === null ? "" : `; its highest floor is ${cellText(floor)}`;
  const called = `${scoreName(name, score).name}${score.over ? `, ${score.over},` : ""}`;
  return [`${called} is ${cellText(value)} on ${n} ${unit}${beside}.`];
}

/** All that the figures of a run warn of. */
function warningsOf({ run: { metrics } }: PaperRun): string[] {
  return [...metrics?.leaks ?? [], ...metrics?.warnings ?? []].map((text) => /[.?!)]$/.test(text) ? text : `${text}.`);
}
