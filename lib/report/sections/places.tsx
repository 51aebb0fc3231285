import { placeScores } from "../../decision/mod.ts";
import { type Score } from "../../scores/mod.ts";
import type { RunPlaces } from "../../runs/mod.ts";
import { Cell, numbers, Row, Table } from "../page/table.tsx";
import { tracer } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

interface PlacesProps {
  view: ReportView;
  places: RunPlaces;
}

type Place = RunPlaces["places"][number];

const traced = tracer("places.json", "places");

const FAILED: Record<Place["failed"], string> = {
  ranking: "Ranking isn't shown",
  threshold: "Threshold failed",
  nothing: "Neither failed",
  unknown: "Too little is known",
};

const MEANING: Record<Place["failed"], string> = {
  ranking: "the interval of the ROC AUC reaches .5: that sick rank above healthy at all is not shown",
  threshold: "sick rank above healthy, but a threshold of the place would give .05 or more",
  nothing: "sick rank above healthy, and the threshold that came along loses less than .05",
  unknown: "a class, or an interval, is missing",
};

/** Which places failed by what, in a list. */
export function PlaceVerdicts({ view, places: { places } }: PlacesProps) {
  return (
    <ul>
      {Object.entries(FAILED).map(([failed, name]) => {
        const own = places.filter((place) => place.failed === failed);
        if (own.length === 0) return null;
        return (
          <li key={failed}>
            <b>{name}</b>: {own.map(({ source }) => view.listed(source)).join(", ")}{" "}
            ({MEANING[failed as Place["failed"]]}
            ).
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
    >
      {places.places.map(({ source, thresholds, failed }, i) => {
        const scores = scoresOf(view, source);
        const scoreOf = (key: string) => view.metrics?.sources.find((one) => one.source === source)?.scores[key];
        const drawn = (name: "unlabelled" | "labelled" | "half") => {
          const { value, low, high } = thresholds[name], at = `[${i}].thresholds.${name}`;
          return (
            <Cell>
              {traced(value, `${at}.value`)}
              {low !== null && <>{" ("}{traced(low, `${at}.low`, 2)} to {traced(high, `${at}.high`, 2)})</>}
            </Cell>
          );
        };
        return (
          <Row key={source}>
            {view.listed(source)}
            {scores(placeScores.ranking, "value")}
            {scores(placeScores.ranking, "floor")}
            {traced(thresholds.carried, `[${i}].thresholds.carried`)}
            {scores(placeScores.threshold, "floor")}
            {drawn("unlabelled")}
            {drawn("labelled")}
            {drawn("half")}
            {failed === "nothing" && noBetter(scoreOf(placeScores.threshold))
              ? "No better than its floor"
              : FAILED[failed]}
          </Row>
        );
      })}
    </Table>
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
    >
      {places.map(({ source, subjects, units, expected, differs }, i) => {
        const beside = (name: "prevalence" | "seconds" | "level", digits: number) => (
          <Cell>
            {traced(differs[name].here, `[${i}].differs.${name}.here`, digits)} (
            {traced(differs[name].elsewhere, `[${i}].differs.${name}.elsewhere`, digits)})
          </Cell>
        );
        return (
          <Row key={source}>
            {view.listed(source)}
            {traced(subjects, `[${i}].subjects`)}
            {traced(units, `[${i}].units`)}
            {beside("prevalence", 2)}
            {traced(expected, `[${i}].expected`, 2)}
            {scoresOf(view, source)("ece", "value")}
            {beside("seconds", 1)}
            {beside("level", 1)}
          </Row>
        );
      })}
    </Table>
  );
}

function noBetter(score: Score | undefined): boolean {
  return score !== undefined && score.value !== null && score.floor !== null && score.value <= score.floor;
}

/** A figure of a place from metrics.json. */
function scoresOf({ metrics, part }: ReportView, source: string) {
  const i = metrics?.sources.findIndex((one) => one.source === source) ?? -1;
  return (key: string, of: "value" | "floor") =>
    tracer("metrics.json")(
      metrics?.sources[i]?.scores[key]?.[of] ?? null,
      `parts.${part}.sources[${i}].scores.${key}.${of}`,
    );
}
