import { placeScores } from "../decision/mod.ts";
import { type Figure, plotIntervalCurve, plotScores } from "../plots/mod.ts";
import type { Run, RunPlaces } from "../runs/mod.ts";
import { Figures, type FigureWords } from "./page/plot.tsx";
import { Section } from "./page/section.tsx";
import { writePage } from "./page/render_page.tsx";
import type { ReportView } from "./report_view.ts";
import { Head } from "./sections/head.tsx";
import { PlaceDifferences, PlaceThresholds, PlaceVerdicts } from "./sections/places.tsx";

/** Writes `places.html`: what a run reached in each source that it was not trained on, what that differs by, and what failed. */
export async function renderPlaces(run: Run, view: ReportView, places: RunPlaces): Promise<string> {
  const figures = placeFigures(view, places);
  return await writePage(run.path("places.html"), {
    title: `Place by place · ${view.run.config?.title ?? "A run"} · Auscult report`,
    kind: "report",
    contents: "sections",
    figures,
    traced: true,
    writtenFrom: "the files of this run",
    body: (
      <>
        <Head view={view} />
        <Section id="carried" title="What carried over">
          <p>
            Each place was judged by networks that were trained on all others. <a href="report.html">The report</a>{" "}
            holds the run as a whole.
          </p>
          <PlaceVerdicts view={view} places={places} />
          <Figures figures={figures} words={carriedWords(places)} column />
          <PlaceThresholds view={view} places={places} />
        </Section>
        <Section id="differs" title="What differs there">
          <Figures figures={figures} words={DIFFERS} column />
          <PlaceDifferences view={view} places={places} />
        </Section>
      </>
    ),
  });
}

function placeFigures(view: ReportView, { places, bandsHz, unlabelled, labelled }: RunPlaces): Record<string, Figure> {
  const scored = (key: string, references: (i: number) => { kind: string; value: number; what: string }[]) =>
    places.flatMap(({ source }, i) => {
      const score = view.metrics?.sources.find((one) => one.source === source)?.scores[key];
      return score ? [{ name: view.listed(source), score, references: references(i) }] : [];
    });
  const moved = (i: number) => {
    const { thresholds } = places[i];
    return ([
      [`${unlabelled} without labels`, thresholds.unlabelled.value],
      [`${labelled} with labels`, thresholds.labelled.value],
      ["half with labels", thresholds.half.value],
    ] as const).flatMap(([kind, value]) => value === null ? [] : [{ kind, value, what: `threshold from ${kind}` }]);
  };
  const drawn = bandsHz.length > 0 && places.every(({ spectrum }) => spectrum.here.length === bandsHz.length);
  return {
    ranking: plotScores(scored(placeScores.ranking, () => []), { title: "" }),
    thresholds: plotScores(scored(placeScores.threshold, moved), { title: "" }),
    ...drawn
      ? {
        spectra: plotIntervalCurve(
          places.map(({ source, spectrum: { here, elsewhere } }) => ({
            name: view.listed(source),
            points: bandsHz.map((x, band) => ({ x, y: here[band] - elsewhere[band] })),
          })),
          { x: "frequency, Hz", y: "mean level less that of the others" },
        ),
      }
      : {},
  };
}

function carriedWords({ unlabelled, labelled, unit }: RunPlaces): Record<string, FigureWords> {
  return {
    ranking: {
      title: "Ranking",
      caption: "ROC AUC: how often a sick one is ranked above a healthy one. No threshold can mend what is at .5.",
    },
    thresholds: {
      title: "Threshold",
      caption: "Balanced accuracy at the threshold that came along. Diamonds: at one from " +
        `${unlabelled} ${unit}s of the place without labels, from ${labelled} with, from half of all with.`,
    },
  };
}

const DIFFERS: Record<string, FigureWords> = {
  spectra: {
    title: "Mean spectrum",
    caption: "Of each place less that of all others, in the units of the input: a flat line at 0 sounds the same.",
  },
};
