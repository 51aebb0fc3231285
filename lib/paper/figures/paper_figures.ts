import { escapeXml, spectrogramSvg } from "../../pictures/mod.ts";
import { figureSvg, plotScores } from "../../plots/mod.ts";
import { scoreInfo, scoreName } from "../../scores/mod.ts";
import { headlineNames, type LoadedExample, runFigures, sourceFlags, toldScores } from "../../report/mod.ts";
import type { PaperRun } from "../paper_run.ts";

/** Widths that journals print, and so many pixels that letters of 11 to 13 pixels stand there in 7 to 9 points. */
export const WIDTHS = { column: { millimetres: 88, pixels: 374 }, page: { millimetres: 180, pixels: 765 } } as const;

/** A figure of a paper, drawn at any width. */
export interface PaperFigure {
  /** Of its files: `"roc-heart-cinc2016"`. */
  name: string;
  caption: string;
  svg: (pixels: number) => string;
}

/** What figures of a run show, by their names in `figures/` of the run. */
const CAPTIONS: Record<string, string> = {
  "roc": "Receiver operating characteristic, each class against the rest",
  "precision-recall": "Precision and recall, each class against the rest",
  "calibration": "Calibration, with intervals, and the number of predictions at each probability",
  "confusion": "Confusion matrix: counts, and shares of the true class",
  "learning-curves": "Loss and validation score by epoch",
  "scores": "Scores with their intervals, floors and other figures",
};

const EXAMPLES = 4; // examples that are shown

/** The figures that a run has something for. */
export function paperFigures(one: PaperRun): PaperFigure[] {
  const figures = runFigures(one), sources = sourceFlags(one);
  if (sources.length > 1) figures.sources = plotScores(sources.map(({ source, score }) => ({ name: source, score })));
  const captions = { ...CAPTIONS, sources: "The first score by source, with its intervals and floors" };
  const name = (figure: string) => `${figure}-${one.slug}`;
  return [
    ...(one.run.data
      ? [{
        name: name("flow"),
        caption: `Flow of subjects, recordings and items: ${one.label}.`,
        svg: (width: number) => subjectFlow(one, { width }),
      }]
      : []),
    ...Object.entries(captions).filter(([figure]) => figure in figures).map(([figure, caption]) => ({
      name: name(figure),
      caption: `${caption}: ${one.label}.`,
      svg: (width: number) => figureSvg(figures[figure], { width, title: false }),
    })),
    ...(one.run.examples ?? []).filter(({ logMel }) => logMel !== null).slice(0, EXAMPLES).map((example, i) => ({
      name: name(`example-${i + 1}`),
      caption: exampleCaption(example, one),
      svg: (width: number) => exampleSvg(example, width),
    })),
  ];
}

/** The first score of each experiment on one axis, where several have one that is at most 1. */
export function runsFigure(runs: readonly PaperRun[]): PaperFigure[] {
  const firsts = [...Map.groupBy(runs, ({ run }) => run.config?.name)].map(([, [first]]) => first);
  const rows = firsts.flatMap((one) => {
    const [name] = headlineNames(one);
    const score = toldScores(one)[name];
    return score && scoreInfo(name, score).range[1] === 1 ? [{ one, name: scoreName(name, score).name, score }] : [];
  });
  if (rows.length < 2) return [];
  const alone = new Set(rows.map(({ name }) => name)).size === rows.length;
  const named = rows.map(({ one, name, score }) => ({ name: alone ? name : one.run.config?.name ?? one.slug, score }));
  return [{
    name: "runs",
    caption: "The first score of each experiment, with its interval and floors.",
    svg: (width) => figureSvg(plotScores(named), { width, title: false }),
  }];
}

function exampleCaption({ about, heat }: LoadedExample, { label }: PaperRun): string {
  return `Spectrogram of an item labelled ${about.label} that was called ${about.predicted}` +
    `${about.events.length > 0 ? ", its annotated events above" : ""}` +
    `${heat ? "; what the network attended to least is darkened" : ""}: ${label}.`;
}

function exampleSvg({ about, logMel, heat }: LoadedExample, width: number): string {
  return spectrogramSvg(logMel!, {
    seconds: about.frames * about.hop,
    bands: about.bandNames ?? about.bandsHz,
    events: about.events,
    ...(heat ? { heat } : {}),
    box: { width, left: 58, right: width - 12, height: 200, bottom: 156 },
  });
}

const NAMED = 3; // classes up to which each answer is named; the confusion matrix has all
const LINE = 15, GAP = 26, INK = "#1c2127";

interface Box {
  x: number;
  width: number;
  lines: string[];
}

/**
 * Who was used, learned from and judged, and what was said of them, as boxes from top to bottom (the flow of participants
 * that STARD 2015 asks for). Empty where data.json is missing.
 */
function subjectFlow({ run, metrics, classes }: PaperRun, { width }: { width: number }): string {
  const { data, splits } = run;
  if (!data) return "";
  const several = (splits ?? []).length > 1;
  const amount = (
    { subjects, recordings, items }: typeof data.total,
  ) => [`${subjects} subjects`, `${recordings} recordings`, `${items} items`];
  const shared = (boxes: string[][]): Box[] => {
    const each = (width - 8 * (boxes.length + 1)) / boxes.length;
    return boxes.map((lines, i) => ({ x: 8 + i * (each + 8), width: each, lines }));
  };
  const { counts } = metrics?.confusion ?? { counts: [] };
  const judged = counts.map((row, truth) => {
    const total = row.reduce(sum, 0), right = row[truth];
    const called = classes.length > NAMED
      ? [`${right} called so`, `${total - right} called otherwise`]
      : row.map((count, said) => `${count} called ${classes[said]}`);
    return [`true: ${classes[truth]}`, `${total} items`, ...called];
  });
  const left = data.passedOver.length;
  const rows = [
    shared([["Used", ...amount(data.total)], [
      "Left out",
      `${left} ${left === 1 ? "file or item" : "files or items"}`,
    ]]),
    shared(data.byPart.map((part) => [`${part.part}${several ? ", first fold" : ""}`, ...amount(part)])),
    ...(judged.length > 0
      ? [shared([[`Judged${several ? ` in ${splits!.length} splits` : ""}`, `${counts.flat().reduce(sum, 0)} items`]])]
      : []),
    ...chunks(judged, Math.max(1, Math.floor(width / 135))).map(shared),
  ];
  let y = 8;
  const parts: string[] = [];
  rows.forEach((boxes, r) => {
    const height = 10 + LINE * Math.max(...boxes.map(({ lines }) => lines.length));
    parts.push(...boxes.map((box) => boxSvg(box, { y, height })));
    if (r > 0) parts.push(`<path d="M${width / 2},${y - GAP}V${y}m-4,-7l4,7l4,-7" fill="none" stroke="${INK}"/>`);
    y += height + GAP;
  });
  const height = y - GAP + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="DejaVu Sans, Arial, Helvetica, sans-serif" font-size="11"><rect width="100%" height="100%" ` +
    `fill="#ffffff"/>${parts.join("")}</svg>`;
}

function sum(a: number, b: number): number {
  return a + b;
}

function chunks<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}

function boxSvg({ x, width, lines }: Box, { y, height }: { y: number; height: number }): string {
  const letters = Math.floor((width - 8) / 6.2);
  const texts = lines.map((line, i) => {
    const shown = line.length > letters ? `${line.slice(0, letters - 1)}…` : line;
    return `<text x="${x + width / 2}" y="${y + LINE * (i + 1)}" text-anchor="middle" fill="${INK}"` +
      `${i === 0 ? ' font-weight="bold"' : ""}>${escapeXml(shown.replaceAll("&", "&amp;"))}</text>`;
  });
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#ffffff" stroke="${INK}"/>` +
    texts.join("");
}
