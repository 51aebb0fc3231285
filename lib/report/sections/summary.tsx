import { Traced } from "../page/traced.tsx";
import { ScoreScale } from "../page/score_scale.tsx";
import type { PlainSentence } from "../plain_sentence.ts";
import { plainWords } from "../plain_words.ts";
import { headlineScores, pooledScore, type ReportView } from "../report_view.ts";
import { scoreName } from "../../evaluation/score_names.ts";

/** The result in plain words: the scores that matter, what they show and what they don't. */
export function Summary({ view }: { view: ReportView }) {
  const { can, cannot } = plainWords(view);
  const names = headlineScores(view);
  const { status } = view.run;
  const leaks = view.run.metrics?.leaks ?? [];
  const warnings = view.run.metrics?.warnings ?? [];
  return (
    <section id="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">What this can and can't tell</h2>
      {status && status.state !== "complete" && (
        <div class="note warning">
          <p>
            This run is {status.state}:{" "}
            <Traced value={status.folds.filter((fold) => fold.done).length} file="status.json" at="folds, done" /> of
            {" "}
            <Traced value={status.folds.length} file="status.json" at="folds" />{" "}
            trainings are done.{status.message && ` ${status.message}`}
          </p>
        </div>
      )}
      {leaks.length > 0 && (
        <div class="note leak" role="alert">
          <p>
            <b>These scores are too good to be believed: what was learned from is also judged.</b>
          </p>
          {leaks.map((leak, i) => (
            <p key={leak}>
              <Traced value={leak} file="metrics.json" at={`leaks[${i}]`} />
            </p>
          ))}
        </div>
      )}
      <div class="tiles">
        {names.map((name) => <Tile key={name} view={view} name={name} />)}
      </div>
      <div class="two">
        <div>
          <h3>What it shows</h3>
          <ul class="plain">{can.map((sentence) => <Sentence key={sentence.text} {...sentence} />)}</ul>
        </div>
        <div>
          <h3>What it doesn't</h3>
          <ul class="plain">{cannot.map((sentence) => <Sentence key={sentence.text} {...sentence} />)}</ul>
        </div>
      </div>
      {warnings.length > 0 && <Warnings warnings={warnings} />}
    </section>
  );
}

/** Warnings that stand on top; they come the gravest first. */
const SHOWN = 3;

function Warnings({ warnings }: { warnings: readonly string[] }) {
  const sentences = warnings.map((warning, i) => (
    <p key={warning}>
      <Traced value={warning} file="metrics.json" at={`warnings[${i}]`} />
    </p>
  ));
  const more = sentences.length - SHOWN;
  return (
    <div class="note warning" role="note">
      {sentences.slice(0, SHOWN)}
      {more > 0 && (
        <details>
          <summary>
            <Traced value={more} file="metrics.json" at="warnings" /> more
          </summary>
          {sentences.slice(SHOWN)}
        </details>
      )}
    </div>
  );
}

function Sentence({ pieces }: PlainSentence) {
  return <li>{pieces.map((piece, i) => typeof piece === "string" ? piece : <Traced key={i} {...piece} />)}</li>;
}

function Tile({ view, name }: { view: ReportView; name: string }) {
  const pooled = pooledScore(view, name);
  if (!pooled || pooled.score.value === null) return null;
  const { score, at } = pooled;
  const path = `parts.${view.part}.${at}`;
  const references = (view.run.config?.references ?? []).filter((reference) => reference.score === name);
  const { name: shown, meaning } = scoreName(name);
  const small = score.value! >= 0 && score.value! <= 1;
  return (
    <div class="tile">
      <div class="name" title={meaning}>{shown}</div>
      <div class="big">
        <Traced value={score.value!} file="metrics.json" at={`${path}.value`} digits={3} />
      </div>
      {small && <ScoreScale score={score} references={references.map(({ value }) => value)} />}
      {score.low === null && score.reason !== undefined && (
        <div class="range">
          <Traced value={score.reason} file="metrics.json" at={`${path}.reason`} />
        </div>
      )}
      {score.low !== null && score.high !== null && (
        <div class="range">
          <Traced value={`${Math.round(100 * score.level)} %`} file="metrics.json" at={`${path}.level`} /> interval{" "}
          <Traced value={score.low} file="metrics.json" at={`${path}.low`} digits={3} />
          –<Traced value={score.high} file="metrics.json" at={`${path}.high`} digits={3} />
        </div>
      )}
      {score.floor !== null && (
        <div class="range">
          Floor <Traced value={score.floor} file="metrics.json" at={`${path}.floor`} digits={3} />
        </div>
      )}
    </div>
  );
}
