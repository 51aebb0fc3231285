import { ScoreScale } from "../page/score_scale.tsx";
import type { SweepView } from "./sweep_view.ts";
import { signed, sweepWords } from "./sweep_words.ts";

/** What was searched, and in what. */
export function SweepHead({ view }: { view: SweepView }) {
  const { experiment, study, dimensions } = view;
  return (
    <header class="head">
      <h1>Sweep: {experiment.title}</h1>
      <p class="question">Which setting is better, and by how much? {experiment.question}</p>
      <ul class="facts">
        <li>
          Study <b>{study.name}</b>
        </li>
        <li>
          Experiment <b>{experiment.name}</b>
        </li>
        <li>
          Data <b>{experiment.dataset.title ?? experiment.dataset.name}</b>, {experiment.dataset.task}
        </li>
        <li>
          Searched <b>{dimensions.map(({ label }) => label).join(", ")}</b>
        </li>
      </ul>
    </header>
  );
}

/** The result in plain words. */
export function SweepSummary({ view }: { view: SweepView }) {
  const { found, careful } = sweepWords(view);
  return (
    <section id="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">What was found</h2>
      <Tiles view={view} />
      <div class="two">
        <div>
          <h3>What it shows</h3>
          <ul class="plain">{found.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        </div>
        <div>
          <h3>What to be careful about</h3>
          <ul class="plain">{careful.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        </div>
      </div>
    </section>
  );
}

function Tiles({ view: { trials, count, best, objective, monitor, folds, judged } }: { view: SweepView }) {
  const test = judged?.winner.outer ? judged.winner.metrics.parts.test?.pooled.item?.[monitor] : undefined;
  return (
    <div class="tiles">
      <div class="tile">
        <div class="name">Settings tried</div>
        <div class="big">{trials.length}</div>
        <div class="range">
          {count.complete} to the end, {count.pruned} stopped early, {count.fail} failed
          {count.running > 0 && `, ${count.running} running`}
        </div>
      </div>
      {best && (
        <div class="tile">
          <div class="name">{objective}, inner validation</div>
          <div class="big">{best.value.toFixed(3)}</div>
          <div class="range">
            best of {trials.length}, trial {best.number}
            {folds > 1 && `, mean of ${folds} folds`}
          </div>
        </div>
      )}
      {test && test.value !== null && (
        <div class="tile">
          <div class="name">{objective}, held-out subjects</div>
          <div class="big">{test.value.toFixed(3)}</div>
          {test.value >= 0 && test.value <= 1 && <ScoreScale score={test} />}
          <div class="range">
            {test.low !== null && `95 % interval ${test.low.toFixed(3)}–${test.high!.toFixed(3)}`}
            {test.floor !== null && `, floor ${test.floor.toFixed(3)}`}
          </div>
        </div>
      )}
      {judged?.gain && judged.winner.outer && (
        <div class="tile">
          <div class="name">Gain over the experiment's own settings</div>
          <div class="big">{signed(judged.gain.difference)}</div>
          <div class="range">
            {judged.gain.low === null
              ? "too few subjects for an interval"
              : `95 % interval ${signed(judged.gain.low)} to ${signed(judged.gain.high!)}, same subjects`}
          </div>
        </div>
      )}
    </div>
  );
}
