import { placeScores } from "../../decision/mod.ts";
import type { RunPlaces } from "../../runs/mod.ts";
import { numbers, Table } from "../page/table.tsx";
import { tracer, withEnds } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

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
export function PlaceVerdicts({ view, places: { places } }: PlacesProps) {
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
export function PlaceThresholds({ view, places }: PlacesProps) {
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
export function PlaceDifferences({ view, places: { places, unit } }: PlacesProps) {
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
