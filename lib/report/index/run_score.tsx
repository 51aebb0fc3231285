import { between, shownFigure } from "../page/table.tsx";
import type { ReadScore, Score } from "../../scores/mod.ts";
import type { QuestionScore } from "./run_questions.ts";
import { roundValues } from "../../plots/mod.ts";

/** A score of a chart: the page's script shows one at a time, by its place. */
interface ScoreProps extends Omit<QuestionScore, "id"> {
  axis: ScoreAxis;
  place: number;
}

/** Name and ticks of the axis of a score. */
export function ScoreHead({ name, lowerIsBetter, axis, place }: ScoreProps) {
  return (
    <div data-score={place} hidden={place > 0}>
      {name}, {lowerIsBetter ? "← less is better" : "more is better →"}
      <div class="ticks">
        {axis.ticks.map((tick) => {
          const text = tick.toLocaleString("en", { maximumSignificantDigits: 6 });
          const half = `${text.length / 2}ch`; // at an end of the axis it stays inside
          return (
            <span key={tick} style={{ "--at": `clamp(${half}, ${axis.place(tick)}%, 100% - ${half})` }}>{text}</span>
          );
        })}
      </div>
    </div>
  );
}

/** A run's score on the axis: mark, interval, floors, and the band that another's interval lays over it. */
export function ScorePicture({ lowerIsBetter, score, axis, place }: ScoreProps & { score: Score | undefined }) {
  if (score === undefined || score.value === null) return null;
  const { value, low, high, floor, floors } = score;
  const x = (at: number) => `${axis.place(at).toFixed(2)}%`;
  const upright = (kind: string, at: number) => <line class={kind} x1={x(at)} x2={x(at)} y1="0" y2="100%" />;
  const weaker = Object.values(floors).filter((one) => one !== floor && axis.place(one) > 0 && axis.place(one) < 100);
  const [from, to] = floor === null ? [0, 0] : lowerIsBetter ? [axis.place(floor), 100] : [0, axis.place(floor)];
  return (
    <svg class="forest" data-score={place} hidden={place > 0} aria-hidden="true">
      {floor !== null && <rect class="unheard" x={`${from}%`} width={`${to - from}%`} y="0" height="100%" />}
      {axis.ticks.map((tick) => upright("grid", tick))}
      {floor !== null && upright("floor", floor)}
      {weaker.map((one, i) => <line key={i} class="floor" x1={x(one)} x2={x(one)} y1="30%" y2="70%" />)}
      <rect class="band" x="0" width="0" y="0" height="100%" />
      {low !== null && high !== null && <line class="interval" x1={x(low)} x2={x(high)} y1="50%" y2="50%" />}
      <svg x={x(value)} y="50%" overflow="visible">
        <use class="mark" href="#mark-0" />
      </svg>
    </svg>
  );
}

/** The same in figures. */
export function ScoreText(
  { lowerIsBetter: lower, score, place }: Omit<ScoreProps, "axis"> & { score: ReadScore | undefined },
) {
  if (score === undefined || score.value === null) return null;
  const { value, low, high, floor, floors, over } = score, near = lower ? high : low;
  const by = Object.keys(floors).find((key) => floors[key] === floor);
  return (
    <div data-score={place} data-value={value} hidden={place > 0}>
      {shownFigure(value)}
      {over && <div class="meaning">{over}</div>}
      <div class="meaning">{low === null ? "no interval" : between(score)}</div>
      {floor !== null && <div class="meaning">floor {shownFigure(floor)}{by && ` (${by})`}</div>}
      {floor !== null && (near === null || (lower ? near >= floor : near <= floor)) && (
        <div class="meaning state">not surely {lower ? "below" : "above"} its floor</div>
      )}
    </div>
  );
}

/** Where the values of an axis lie, and its round ones. */
export interface ScoreAxis {
  /** In per cent of the axis. */
  place: (value: number) => number;
  ticks: number[];
}

/** From the worst to the best that is drawn, within 0 and 1 where all lies there. */
export function scoreAxis(scores: readonly (Score | undefined)[]): ScoreAxis {
  const ends = scores.flatMap((score) => score ? [score.value, score.low, score.high, score.floor] : []);
  const values = ends.filter((end) => end !== null);
  const [first, last] = [Math.min(...values), Math.max(...values)];
  const margin = 0.06 * (last - first || 0.1), share = first >= 0 && last <= 1;
  const least = share ? Math.max(0, first - margin) : first - margin;
  const most = share ? Math.min(1, last + margin) : last + margin;
  return {
    place: (value) => Math.max(0, Math.min(100, 100 * (value - least) / (most - least))),
    ticks: roundValues(least, most, 6),
  };
}
