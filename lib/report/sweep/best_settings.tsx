import { settingText } from "../../plots/mod.ts";
import { Section } from "../page/section.tsx";
import { Cell, numbers, Row, Table } from "../page/table.tsx";
import type { SweepView } from "./sweep_view.ts";
import { signed } from "./sweep_words.ts";

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
          const chosen = best.params[key];
          const same = chosen === undefined || chosen === own;
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
  const score = (run: typeof winner, part: string) => run.metrics.parts[part]?.pooled.item?.[monitor];
  const rows: [string, string, string][] = [[
    `Best of ${trials.length} trials, ${folds === 1 ? "inner validation" : `mean of ${folds} inner folds`}`,
    best.value.toFixed(3),
    "–",
  ]];
  const add = (name: string, of: ReturnType<typeof score>) => {
    if (!of || of.value === null) return;
    rows.push([name, of.value.toFixed(3), of.low === null ? "–" : `${of.low.toFixed(3)} – ${of.high!.toFixed(3)}`]);
  };
  add("The winner trained again, inner validation", score(winner, "validation"));
  add("The winner, held-out subjects", score(winner, "test"));
  if (defaults) add("The experiment's own settings, held-out subjects", score(defaults, "test"));
  const between = (low: number | null, high: number | null) =>
    low === null || high === null ? "–" : `${signed(low)} – ${signed(high)}`;
  if (optimism) {
    const { difference, low, high } = optimism;
    rows.push(["Optimism: validation less held-out", signed(difference), between(low, high)]);
  }
  if (gain) {
    rows.push(["Gain: winner less the experiment's own", signed(gain.difference), between(gain.low, gain.high)]);
  }
  return (
    <>
      <h3 id="held-out">What the held-out subjects say</h3>
      <Table
        label="Validation against test"
        caption={`${objective}; intervals are over subjects, that of the gain is paired`}
        head={["figure", ...numbers("value", "95 % interval")]}
        rows={rows}
      />
      <p class="small muted">
        From the runs <a href={`${winner.folder}/report.html`}>{winner.folder.split("/").at(-1)}</a> (winner)
        {defaults && (
          <>
            {" "}and <a href={`${defaults.folder}/report.html`}>{defaults.folder.split("/").at(-1)}</a>{" "}
            (the experiment's own settings)
          </>
        )}.
      </p>
    </>
  );
}
