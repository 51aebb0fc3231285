import type { ReadScore, Score } from "../../scores/mod.ts";
import type { QuestionScore } from "./run_questions.ts";
import { shownScore } from "./shown_score.ts";
import type { ScoreAxis } from "./score_axis.ts";

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
  const { value, low, high, floor, floors, over } = score;
  const by = Object.keys(floors).find((key) => floors[key] === floor);
  const near = lower ? high : low;
  return (
    <div data-score={place} data-value={value} hidden={place > 0}>
      {shownScore(value)}
      {over && <div class="meaning">{over}</div>}
      <div class="meaning">
        {low === null || high === null ? "no interval" : `${shownScore(low)} – ${shownScore(high)}`}
      </div>
      {floor !== null && <div class="meaning">floor {shownScore(floor)}{by && ` (${by})`}</div>}
      {floor !== null && (near === null || (lower ? near >= floor : near <= floor)) && (
        <div class="meaning state">not surely {lower ? "below" : "above"} its floor</div>
      )}
    </div>
  );
}
