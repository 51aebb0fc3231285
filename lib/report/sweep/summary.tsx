import { between, Cell, numbers, Row, ScoreScale, shownFigure, signed, Table } from "../page/table.tsx";
import { Fact, PageHead, Section, Tile, TwoLists } from "../page/section.tsx";
import type { SweepView } from "./sweep_view.ts";
import { sweepWords } from "./sweep_words.ts";
import { settingText } from "../../plots/mod.ts";

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

/** What the winner does otherwise than the experiment, how to train it, and what the held-out subjects say. */
export function BestSettings({ view }: { view: SweepView }) {
  const { best, dimensions, commands } = view;
  if (best === null || commands === null) return null;
  return (
    <Section id="best" title="The best settings" short="Best settings">
      <Table
        label="Best settings beside the experiment's own"
        caption={`Trial ${best.number} beside the experiment's own settings; what differs is marked`}
        head={["setting", ...numbers("experiment", "best trial"), ["searched", "small"], ["key", "small"]]}
      >
        {dimensions.map(({ key, label, meaning, dimension, default: own }) => {
          const chosen = best.params[key], same = chosen === undefined || chosen === own;
          return (
            <Row key={key}>
              <Cell>
                {label}
                {meaning && <div class="meaning">{meaning}</div>}
              </Cell>
              {same ? settingText(own) : <del>{settingText(own)}</del>}
              {chosen === undefined ? "does not apply" : same ? settingText(chosen) : (
                <ins>
                  <b>{settingText(chosen)}</b>
                </ins>
              )}
              {rangeText(dimension)}
              <code>{key}</code>
            </Row>
          );
        })}
      </Table>
      <Command title="To train it, and open the test part once" text={commands.winner} />
      <Command title="The experiment's own settings, on the same subjects" text={commands.defaults} />
      <p class="small muted">
        After both, <code>deno task sweep report {view.study.name}</code> writes this page again, with what they show.
      </p>
      <HeldOut view={view} />
    </Section>
  );
}

function Command({ title, text }: { title: string; text: string }) {
  return (
    <>
      <h3>{title}</h3>
      <pre tabIndex={0} role="region" aria-label={title}><code>{text}</code></pre>
    </>
  );
}

function rangeText(dimension: SweepView["dimensions"][number]["dimension"]): string {
  if (dimension.kind === "categorical") return dimension.choices.map(settingText).join(", ");
  const { low, high, log, step } = dimension;
  const steps = step !== null && step !== 1 ? `, in steps of ${settingText(step)}` : "";
  return `${settingText(low)} to ${settingText(high)}${log ? ", by ratio" : ""}${steps}`;
}

/** Validation against test: every figure with its interval, side by side. */
function HeldOut({ view: { judged, best, monitor, objective, trials, folds } }: { view: SweepView }) {
  if (judged === null || !judged.winner.outer || best === null) return null;
  const { winner, defaults, optimism, gain } = judged;
  const where = folds === 1 ? "inner validation" : `mean of ${folds} inner folds`;
  const score = (name: string, run: typeof defaults, part: string) => {
    const of = run?.metrics.parts[part]?.pooled.item?.[monitor];
    return of && of.value !== null ? [[name, shownFigure(of.value), between(of)]] : [];
  };
  const difference = (name: string, of: typeof gain) =>
    of ? [[name, signed(of.difference), between(of, { shown: signed })]] : [];
  const link = ({ folder }: typeof winner) => <a href={`${folder}/report.html`}>{folder.split("/").at(-1)}</a>;
  return (
    <>
      <h3 id="held-out">What the held-out subjects say</h3>
      <Table
        label="Validation against test"
        caption={`${objective}; intervals are over subjects, that of the gain is paired`}
        head={["figure", ...numbers("value", "95 % interval")]}
        rows={[
          [`Best of ${trials.length} trials, ${where}`, shownFigure(best.value), "–"],
          ...score("The winner trained again, inner validation", winner, "validation"),
          ...score("The winner, held-out subjects", winner, "test"),
          ...score("The experiment's own settings, held-out subjects", defaults, "test"),
          ...difference("Optimism: validation less held-out", optimism),
          ...difference("Gain: winner less the experiment's own", gain),
        ]}
      />
      <p class="small muted">
        From the runs {link(winner)} (winner)
        {defaults && <>{" "}and {link(defaults)} (the experiment's own settings)</>}.
      </p>
    </>
  );
}
