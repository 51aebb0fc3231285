import type { ComponentChildren } from "preact";
import { ScoreScale } from "../page/score_scale.tsx";
import { Section } from "../page/section.tsx";
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
    <Section id="summary" title="What was found">
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
    </Section>
  );
}

function Tiles({ view: { trials, count, best, objective, monitor, folds, judged } }: { view: SweepView }) {
  const outer = judged?.winner.outer ? judged : null;
  const test = outer?.winner.metrics.parts.test?.pooled.item?.[monitor];
  return (
    <div class="tiles">
      <Tile name="Settings tried" big={trials.length}>
        {count.complete} to the end, {count.pruned} stopped early, {count.fail} failed
        {count.running > 0 && `, ${count.running} running`}
      </Tile>
      {best && (
        <Tile name={`${objective}, inner validation`} big={best.value.toFixed(3)}>
          best of {trials.length}, trial {best.number}
          {folds > 1 && `, mean of ${folds} folds`}
        </Tile>
      )}
      {test && test.value !== null && (
        <Tile
          name={`${objective}, held-out subjects`}
          big={test.value.toFixed(3)}
          scale={test.value >= 0 && test.value <= 1 && <ScoreScale score={test} />}
        >
          {test.low !== null && `95 % interval ${test.low.toFixed(3)}–${test.high!.toFixed(3)}`}
          {test.floor !== null && `, floor ${test.floor.toFixed(3)}`}
        </Tile>
      )}
      {outer?.gain && (
        <Tile name="Gain over the experiment's own settings" big={signed(outer.gain.difference)}>
          {outer.gain.low === null
            ? "too few subjects for an interval"
            : `95 % interval ${signed(outer.gain.low)} to ${signed(outer.gain.high!)}, same subjects`}
        </Tile>
      )}
    </div>
  );
}

interface TileProps {
  name: string;
  big: ComponentChildren;
  scale?: ComponentChildren;
  children: ComponentChildren;
}

function Tile({ name, big, scale, children }: TileProps) {
  return (
    <div class="tile">
      <div class="name">{name}</div>
      <div class="big">{big}</div>
      {scale}
      <div class="range">{children}</div>
    </div>
  );
}
