import { spectrogramSvg } from "../../pictures/mod.ts";
import { figureSvg, plotScores } from "../../plots/mod.ts";
import { scoreInfo, scoreName } from "../../scores/mod.ts";
import { headlineNames, type LoadedExample, pooledScores, runFigures, sourceFlags } from "../../report/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import { subjectFlow } from "./subject_flow.ts";

/** Widths that journals print, and so many pixels that letters of 11 to 13 pixels stand there in 7 to 9 points. */
export const WIDTHS = {
  column: { millimetres: 88, pixels: 374 },
  page: { millimetres: 180, pixels: 765 },
} as const;

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

/** Examples that are shown. */
const EXAMPLES = 4;

/** The figures that a run has something for. */
export function paperFigures(one: PaperRun): PaperFigure[] {
  const figures = runFigures(one);
  const sources = sourceFlags(one);
  if (sources.length > 1) {
    figures.sources = plotScores(sources.map(({ source, score }) => ({ name: source, score })));
  }
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
    const score = pooledScores(one)[name];
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
