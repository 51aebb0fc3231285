import { placeScores } from "../decision/mod.ts";
import { type Figure, plotIntervalCurve, plotScores } from "../plots/mod.ts";
import type { Run, RunPlaces } from "../runs/mod.ts";
import { Figures, type FigureWords, Section } from "./page/section.tsx";
import { writePage } from "./page/render_page.tsx";
import type { ReportView } from "./report_view.ts";
import { Head } from "./sections/head.tsx";
import { numbers, Table, tracer, withEnds } from "./page/table.tsx";

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

interface PlacesProps {
  view: ReportView;
  places: RunPlaces;
}

type Place = RunPlaces["places"][number];

const traced = tracer("places.json", "places");

const FAILED: Record<Place["failed"], [name: string, meaning: string]> = {
  ranking: [
    "Ranking isn't shown",
    "the interval of the ROC AUC reaches .5: that sick rank above healthy at all is not shown",
  ],
  threshold: ["Threshold failed", "sick rank above healthy, but a threshold of the place would give .05 or more"],
  nothing: [
    "Neither failed",
    "sick rank above healthy, and the threshold that came along loses less than .05",
  ],
  unknown: ["Too little is known", "a class, or an interval, is missing"],
};

/** Which places failed by what, in a list. */
function PlaceVerdicts({ view, places: { places } }: PlacesProps) {
  return (
    <ul>
      {Object.entries(FAILED).map(([failed, [name, meaning]]) => {
        const own = places.filter((place) => place.failed === failed).map(({ source }) => view.listed(source));
        return own.length > 0 && (
          <li key={failed}>
            <b>{name}</b>: {own.join(", ")} ({meaning}).
          </li>
        );
      })}
    </ul>
  );
}

/** What each place gives at each threshold. */
function PlaceThresholds({ view, places }: PlacesProps) {
  const { unlabelled, labelled, unit } = places;
  return (
    <Table
      label="Thresholds by place"
      caption={`Balanced accuracy by where the threshold comes from: of draws (${unit}s of a subject each) the mean and where 95 % of them lie, judged on who wasn't drawn`}
      head={[
        ["place", "whole"],
        ...numbers("ROC AUC", "its floor", "came along", "its floor"),
        ...numbers(`${unlabelled} unlabelled`, `${labelled} labelled`, "half labelled"),
        ["so", "small said"],
      ]}
      rows={places.places.map(({ source, thresholds, failed }, i) => {
        const [scores, scoreOf] = scoresOf(view, source), own = scoreOf(placeScores.threshold);
        const drawn = (name: "unlabelled" | "labelled" | "half") =>
          withEnds(thresholds[name], { traced, at: `[${i}].thresholds.${name}.`, digits: 2 });
        const noBetter = own && own.value !== null && own.floor !== null && own.value <= own.floor;
        return [
          view.listed(source),
          ...[scores(placeScores.ranking, "value"), scores(placeScores.ranking, "floor")],
          ...[traced(thresholds.carried, `[${i}].thresholds.carried`), scores(placeScores.threshold, "floor")],
          ...[drawn("unlabelled"), drawn("labelled"), drawn("half")],
          failed === "nothing" && noBetter ? "No better than its floor" : FAILED[failed][0],
        ];
      })}
    />
  );
}

/** What each place differs by from all others, and whether probabilities are still true there. */
function PlaceDifferences({ view, places: { places, unit } }: PlacesProps) {
  return (
    <Table
      label="Differences by place"
      caption="Here (and in all other places)"
      head={[
        ["place", "whole"],
        ...numbers("subjects", `${unit}s`, "share that is sick", "mean probability", "calibration error"),
        ...numbers("median length, s", "median level, dB"),
      ]}
      rows={places.map(({ source, subjects, units, expected, differs }, i) => {
        const beside = (name: "prevalence" | "seconds" | "level", digits: number) => {
          const { here, elsewhere } = differs[name], at = `[${i}].differs.${name}`;
          return <>{traced(here, `${at}.here`, digits)} ({traced(elsewhere, `${at}.elsewhere`, digits)})</>;
        };
        return [
          ...[view.listed(source), traced(subjects, `[${i}].subjects`), traced(units, `[${i}].units`)],
          ...[
            beside("prevalence", 2),
            traced(expected, `[${i}].expected`, 2),
            scoresOf(view, source)[0]("ece", "value"),
          ],
          ...[beside("seconds", 1), beside("level", 1)],
        ];
      })}
    />
  );
}

/** Figures of a place from metrics.json, as they are shown and as they are. */
function scoresOf({ metrics, part }: ReportView, source: string) {
  const i = metrics?.sources.findIndex((one) => one.source === source) ?? -1;
  const traced = tracer("metrics.json", `parts.${part}.sources[${i}].scores.`);
  const scoreOf = (key: string) => metrics?.sources[i]?.scores[key];
  const shown = (key: string, of: "value" | "floor") => traced(scoreOf(key)?.[of] ?? null, `${key}.${of}`);
  return [shown, scoreOf] as const;
}
