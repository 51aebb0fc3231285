import { between, shownFigure, signed } from "../page/numbers.ts";
import { Fact, PageHead, Section, Tile, TwoLists } from "../page/section.tsx";
import { ScoreScale } from "../page/table.tsx";
import type { SweepView } from "./sweep_view.ts";
import { sweepWords } from "./sweep_words.ts";

/** What was searched, and in what. */
export function SweepHead({ view: { experiment, study, dimensions } }: { view: SweepView }) {
  return (
    <PageHead
      title={`Sweep: ${experiment.title}`}
      question={`Which setting is better, and by how much? ${experiment.question}`}
      facts={
        <>
          <Fact of="Study" is={study.name} />
          <Fact of="Experiment" is={experiment.name} />
          <Fact of="Data" is={experiment.dataset.title ?? experiment.dataset.name}>, {experiment.dataset.task}</Fact>
          <Fact of="Searched" is={dimensions.map(({ label }) => label).join(", ")} />
        </>
      }
    />
  );
}

/** The result in plain words. */
export function SweepSummary({ view }: { view: SweepView }) {
  const { found, careful } = sweepWords(view);
  return (
    <Section id="summary" title="What was found">
      <Tiles view={view} />
      <TwoLists lists={[["What it shows", found], ["What to be careful about", careful]]} />
    </Section>
  );
}

function Tiles({ view: { trials, count, best, objective, monitor, folds, judged } }: { view: SweepView }) {
  const outer = judged?.winner.outer ? judged : null;
  const test = outer?.winner.metrics.parts.test?.pooled.item?.[monitor];
  const gain = outer?.gain;
  return (
    <div class="tiles">
      <Tile name="Settings tried" big={trials.length}>
        <div class="range">
          {count.complete} to the end, {count.pruned} stopped early, {count.fail} failed
          {count.running > 0 && `, ${count.running} running`}
        </div>
      </Tile>
      {best && (
        <Tile name={`${objective}, inner validation`} big={shownFigure(best.value)}>
          <div class="range">
            best of {trials.length}, trial {best.number}
            {folds > 1 && `, mean of ${folds} folds`}
          </div>
        </Tile>
      )}
      {test && test.value !== null && (
        <Tile name={`${objective}, held-out subjects`} big={shownFigure(test.value)}>
          <ScoreScale score={test} />
          <div class="range">
            {test.low !== null && `95 % interval ${between(test, { to: "–" })}`}
            {test.floor !== null && `, floor ${shownFigure(test.floor)}`}
          </div>
        </Tile>
      )}
      {gain && (
        <Tile name="Gain over the experiment's own settings" big={signed(gain.difference)}>
          <div class="range">
            {gain.low === null
              ? "too few subjects for an interval"
              : `95 % interval ${between(gain, { shown: signed, to: " to " })}, same subjects`}
          </div>
        </Tile>
      )}
    </div>
  );
}
