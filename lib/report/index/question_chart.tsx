import type { ComponentChildren } from "preact";
import { minuteOf, reportAddress } from "./find_runs.ts";
import { type ScoreAxis, scoreAxis, ScoreHead, ScorePicture, ScoreText } from "./run_score.tsx";
import { type DifferingSetting, type QuestionRun, type RunQuestion, sameItems } from "./run_questions.ts";

/** Shapes of the series, the second cue beside colour. */
export const MARKS = [
  "M-6,0A6,6 0 1 1 6,0A6,6 0 1 1 -6,0Z",
  "M-5,-5H5V5H-5Z",
  "M0,-7L7,0L0,7L-7,0Z",
  "M0,-7L6.5,5H-6.5Z",
  "M0,7L6.5,-5H-6.5Z",
  "M-2,-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
  "M-6,-6L0,-2L6,-6L2,0L6,6L0,2L-6,6L-2,0Z",
];

/** The runs of one question with their scores: a table whose rows are drawn, so that it can be read and printed. */
export function QuestionChart({ question, hidden }: { question: RunQuestion; hidden: boolean }) {
  const { name, runs, scores, settings } = question;
  const groups = sameItems(runs);
  const axes = scores.map(({ id }) => scoreAxis(runs.map(({ run }) => run.scores[id])));
  const series = settings.map((setting) => seriesOf(runs, setting));
  return (
    <div class="runs-on" hidden={hidden}>
      <Choices question={question} />
      {groups.length > 1 && (
        <p class="note warning">
          These runs were judged on different items: a higher value under another heading is no better run.
        </p>
      )}
      {settings.map((setting, c) => <Keys key={c} setting={setting} {...series[c]} place={c} />)}
      <div class="scroll" tabIndex={0} role="region" aria-label={`Runs on ${name}`}>
        <table class="runs-chart">
          <caption>{name}</caption>
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">changed since the run before</th>
              <th scope="col" class="axis">
                {scores.map((score, s) => <ScoreHead key={s} {...score} axis={axes[s]} place={s} />)}
              </th>
              <th scope="col" class="n">value</th>
            </tr>
          </thead>
          {groups.map((same, g) => (
            <tbody key={g}>
              {groups.length > 1 && (
                <tr class="items">
                  <th scope="rowgroup" colSpan={4}>{judgedOn(same)}</th>
                </tr>
              )}
              {same.map((one) => <RunRow key={one.run.folder} {...{ one, question, axes, series }} />)}
            </tbody>
          ))}
        </table>
      </div>
      <Remarks groups={groups} settings={settings} />
    </div>
  );
}

interface RunRowProps {
  one: QuestionRun;
  question: RunQuestion;
  axes: ScoreAxis[];
  series: Series[];
}

function RunRow({ one, question: { runs, scores }, axes, series }: RunRowProps) {
  const { folder, scores: reached } = one.run, places = series.map(({ of }) => of(one)), mark = places[0] ?? 0;
  const shown = scores.map((score, s) => ({ ...score, score: reached[score.id], axis: axes[s], place: s, key: s }));
  return (
    <tr
      data-folder={folder}
      data-place={runs.indexOf(one)}
      data-series={places.join(" ")}
      style={{ "--series": `var(--series-${mark})` }}
    >
      <RunHead {...one} mark={mark} />
      <td class="axis">{shown.map(({ key, ...one }) => <ScorePicture key={key} {...one} />)}</td>
      <td class="n">{shown.map(({ key, ...one }) => <ScoreText key={key} {...one} />)}</td>
    </tr>
  );
}

function Choices({ question: { scores, settings } }: { question: RunQuestion }) {
  return (
    <div class="asked choices">
      <Choice label="Score" name="score">
        {scores.map(({ name, lowerIsBetter }, s) => <option key={s} value={s} data-lower={lowerIsBetter}>{name}
        </option>)}
      </Choice>
      <Choice label="Colour by" name="colour">
        {settings.map(({ label }, c) => <option key={c} value={c}>{label}</option>)}
        <option value="">nothing</option>
      </Choice>
      <Choice label="Order" name="order">
        <option value="latest">latest first</option>
        <option value="best">best first</option>
        <option value="colour">by colour</option>
      </Choice>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  name?: string;
  id?: string;
  children: ComponentChildren;
}

/** A list to choose from; the page's script listens to it. */
export function Choice({ label, children, ...named }: ChoiceProps) {
  return (
    <label>
      {label} <select {...named} autocomplete="off">{children}</select>
    </label>
  );
}

function RunHead({ run, changes, mark }: QuestionRun & { mark: number }) {
  const when = minuteOf(run.config.createdAt);
  const rest = changes?.slice(changes.length <= 4 ? 4 : 3) ?? [];
  return (
    <>
      <th scope="row">
        <Swatch mark={mark} /> {run.report ? <a href={reportAddress(run.folder)}>{when}</a> : when}
        <div class="meaning">{run.config.name}</div>
      </th>
      <td class="changed">
        {changes === null && <span class="muted">the first</span>}
        {changes?.length === 0 && <span class="muted">nothing: the same settings</span>}
        {changes?.slice(0, changes.length - rest.length).join("; ")}
        {rest.length > 0 && (
          <details>
            <summary>and {rest.length} more</summary>
            {rest.join("; ")}
          </details>
        )}
      </td>
    </>
  );
}

function Swatch({ mark }: { mark: number }) {
  return (
    <svg class="swatch" viewBox="-8 -8 16 16" aria-hidden="true">
      <use class="mark" href={`#mark-${mark}`} />
    </svg>
  );
}

type Series = ReturnType<typeof seriesOf>;

/** Values of a setting in order, the rarest of many as one, each with the number of its runs; and a run's place among them. */
function seriesOf(runs: readonly QuestionRun[], setting: DifferingSetting) {
  const valueOf = ({ run }: QuestionRun) => setting.values[run.folder];
  const counts = [...Map.groupBy(runs, valueOf)].map(([value, own]) => ({ value, count: own.length }));
  const kept = counts.length <= MARKS.length
    ? counts
    : counts.toSorted((a, b) => b.count - a.count).slice(0, MARKS.length - 1);
  const values = kept.map(({ value }) => value)
    .toSorted((a, b) => Number(a) - Number(b) || a.localeCompare(b, "en", { numeric: true }));
  const of = (one: QuestionRun) => values.includes(valueOf(one)) ? values.indexOf(valueOf(one)) : kept.length;
  const shown = kept.length < counts.length ? [...values, "other values"] : values;
  return { values: shown.map((value, i) => ({ value, count: runs.filter((one) => of(one) === i).length })), of };
}

function Keys({ setting, values, place }: Pick<Series, "values"> & { setting: DifferingSetting; place: number }) {
  return (
    <ul class="keys" data-colour={place} hidden={place > 0}>
      <li class="muted">{setting.label}:</li>
      {values.map(({ value, count }, i) => (
        <li key={i} style={{ "--series": `var(--series-${i})` }}>
          <Swatch mark={i} />
          {value} <span class="muted">({count})</span>
        </li>
      ))}
    </ul>
  );
}

function judgedOn(same: readonly QuestionRun[]): string {
  const { judged } = same[0].run;
  if (judged === null) return "Judged on items that are not known: its predictions.csv can't be read";
  const amount = `${judged.items.toLocaleString("en")} items of ${judged.subjects.toLocaleString("en")} subjects`;
  return same.length > 1 ? `Judged on the same ${amount}` : `Judged on ${amount}`;
}

function Remarks({ groups: [{ length: most }], settings }: { groups: QuestionRun[][]; settings: DifferingSetting[] }) {
  return (
    <>
      {settings.map(({ label, together }, c) =>
        together.length > 0 && (
          <p key={c} class="small muted" data-colour={c} hidden={c > 0}>
            Changes together with {label}: {together.slice(0, 6).join(", ")}
            {together.length > 6 && " and more"}. What one of them does can't be told from the others.
          </p>
        )
      )}
      {most > 1 && (
        <p class="small muted">
          Intervals that overlap leave it open which run is better; deno task compare pairs the subjects and says. The
          best of {most} on the same items is partly luck: choose on validation, then judge once.
        </p>
      )}
      <p class="small muted" hidden>
        <output /> of these runs are not drawn: filtered out, or without this score.
      </p>
    </>
  );
}
