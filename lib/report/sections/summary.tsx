import { scoreName } from "../../scores/mod.ts";
import { Section, Tile, TwoLists } from "../page/section.tsx";
import { ScoreScale, Traced, tracer } from "../page/table.tsx";
import { type PlainSentence, plainWords } from "../plain_words.ts";
import { headlineNames, type ReportView, toldScore } from "../report_view.ts";

/** The result in plain words: the scores that matter, what they show and what they don't. */
export function Summary({ view }: { view: ReportView }) {
  const { can, cannot } = plainWords(view);
  const { status, metrics } = view.run;
  const leaks = metrics?.leaks ?? [], warnings = metrics?.warnings ?? [];
  const ofStatus = tracer("status.json");
  return (
    <Section id="summary" title="What this can and can't tell" short="Summary">
      {status && status.state !== "complete" && (
        <div class="note warning">
          <p>
            This run is {status.state}: {ofStatus(status.folds.filter((fold) => fold.done).length, "folds, done")} of
            {" "}
            {ofStatus(status.folds.length, "folds")} trainings are done.{status.message && ` ${status.message}`}
          </p>
        </div>
      )}
      {leaks.length > 0 && (
        <div class="note leak" role="alert">
          <p>
            <b>These scores are too good to be believed: what was learned from is also judged.</b>
          </p>
          {leaks.map((leak, i) => <p key={leak}>{tracer("metrics.json")(leak, `leaks[${i}]`)}</p>)}
        </div>
      )}
      <div class="tiles">{headlineNames(view).map((name) => <ScoreTile key={name} view={view} name={name} />)}</div>
      <TwoLists lists={[["What it shows", can.map(pieces)], ["What it doesn't", cannot.map(pieces)]]} />
      {warnings.length > 0 && <Warnings warnings={warnings} />}
    </Section>
  );
}

/** Warnings that stand on top; they come the gravest first. */
const SHOWN = 3;

function Warnings({ warnings }: { warnings: readonly string[] }) {
  const traced = tracer("metrics.json", "warnings");
  const sentences = warnings.map((warning, i) => <p key={warning}>{traced(warning, `[${i}]`)}</p>);
  const more = sentences.length - SHOWN;
  return (
    <div class="note warning" role="note">
      {sentences.slice(0, SHOWN)}
      {more > 0 && (
        <details>
          <summary>{traced(more, "")} more</summary>
          {sentences.slice(SHOWN)}
        </details>
      )}
    </div>
  );
}

function pieces({ pieces }: PlainSentence) {
  return pieces.map((piece, i) => typeof piece === "string" ? piece : <Traced key={i} {...piece} />);
}

function ScoreTile({ view, name }: { view: ReportView; name: string }) {
  const told = toldScore(view, name);
  if (!told || told.score.value === null) return null;
  const { score, at, over } = told;
  const { value, low, high, level, floor, reason } = score;
  const traced = tracer("metrics.json", `parts.${view.part}.${at}.`);
  const references = (view.run.config?.references ?? []).filter((reference) => reference.score === name);
  return (
    <Tile {...scoreName(name, score)} big={traced(value, "value", 3)}>
      {over && <div class="range">{over}</div>}
      <ScoreScale score={score} references={references} />
      {low === null && reason !== undefined && <div class="range">{traced(reason, "reason")}</div>}
      {low !== null && high !== null && (
        <div class="range">
          {traced(`${Math.round(100 * level)} %`, "level")} interval {traced(low, "low", 3)}–{traced(high, "high", 3)}
        </div>
      )}
      {floor !== null && <div class="range">Floor {traced(floor, "floor", 3)}</div>}
    </Tile>
  );
}
