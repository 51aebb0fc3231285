import { type Figure, settingText } from "../../plots/mod.ts";
import { Figures, type FigureWords, Section } from "../page/section.tsx";
import type { SweepTrial, SweepView } from "./sweep_view.ts";
import { numbers, Table } from "../page/table.tsx";

const MATTERS: Record<string, FigureWords> = {
  importances: {
    title: "Importance",
    caption: "How far the settings of the best tenth differ from those of all trials (PED-ANOVA). Shares of the sum.",
  },
  contour: {
    title: "The two that matter most",
    caption: "Smoothed over the trials, which are the dots; the star is the best. Blank where nothing was tried.",
  },
};

/** Which setting matters, and where its good values lie. */
export function Settings({ view, figures }: { view: SweepView; figures: Record<string, Figure> }) {
  if (!("slice-0" in figures)) return null;
  const slices = view.dimensions.map(({ key, label, default: own }, i): [string, FigureWords] => {
    const caption = [
      ...own === undefined ? [] : [`experiment ${settingText(own)}`],
      ...view.best && key in view.best.params ? [`best trial ${settingText(view.best.params[key])}`] : [],
    ].join(", ");
    return [`slice-${i}`, { title: `By ${label}`, caption }];
  });
  return (
    <Section id="settings" title="Which setting matters" short="What matters">
      <Figures figures={figures} words={MATTERS} />
      <h3>Setting by setting</h3>
      <p class="small muted">
        Each dot is a trial, a cross one that was stopped early (at the value that it had then), the star the best one.
        The dotted line is the experiment's own setting. The other settings differ between the trials as well.
      </p>
      <Figures figures={figures} words={Object.fromEntries(slices)} />
    </Section>
  );
}

const SEARCH: Record<string, FigureWords> = {
  trials: {
    title: "Trials in their order",
    caption:
      "The line is the best so far: where it stays flat, more trials bring little. Dotted: the experiment's own settings.",
  },
  parallel: {
    title: "Settings side by side",
    caption:
      "Each line is one trial, from setting to setting down to its value. Where the best ones run together is what works.",
  },
  curves: {
    title: "Learning curves of all trials",
    caption:
      "Validation score so far, epoch by epoch. A cross marks where a trial was stopped, because the others were better by then.",
  },
  timeline: {
    title: "Who worked when",
    caption:
      "A row a worker, a bar a trial with its number; gaps are time without work. A trial that was interrupted stands from its first start to its end.",
  },
};

export function Search({ figures, note }: { figures: Record<string, Figure>; note: string }) {
  if (!("trials" in figures)) return null;
  return (
    <Section id="search" title="How the search went" short="The search">
      <Figures figures={figures} words={SEARCH} column />
      {note && <p class="small muted">{note}</p>}
    </Section>
  );
}

const SAMPLERS: Record<string, string> = {
  tpe: "Settings were proposed by a tree-structured Parzen estimator: where the best tenth lies and the others don't.",
  random: "Settings were drawn at random, each as likely as any other.",
  grid: "All combinations of the space were tried in turn.",
};

const PRUNERS: Record<string, string> = {
  median: "A trial was stopped once its best value was worse than the median of the finished ones at the same epoch.",
  none: "Every trial was trained to the end.",
};

/** Who was scored on whom, how settings were proposed, and with what the study opens elsewhere. */
export function HowSearched({ view, journal }: { view: SweepView; journal: boolean }) {
  const { invocation, folds, seed, experiment: { evaluation: { protocol } }, study } = view;
  return (
    <Section id="how" title="How it was done">
      <ul class="plain">
        <li>
          {protocol.kind === "official"
            ? "The published test part stayed closed: a trial that reads it is refused."
            : "A part of the subjects was held out for good: a trial that reads them is refused."} {folds === 1
            ? "Each trial was trained once and scored on inner validation, subjects that it had not learned from."
            : `The others were divided into ${folds} inner folds; a trial's value is the mean of its scores on them.`}
        </li>
        {invocation && <li>{SAMPLERS[invocation.sampler] ?? `Settings were proposed by ${invocation.sampler}.`}</li>}
        {invocation && <li>{PRUNERS[invocation.pruner] ?? `Trials were stopped by ${invocation.pruner}.`}</li>}
        <li>Folds, training and proposals have the seed {seed}.</li>
        {journal && (
          <li>
            The study is kept in Optuna's journal format under the name{" "}
            <code>{study.name}</code>: Optuna's own figures and its dashboard open it (<code>
              optuna-dashboard study.jsonl
            </code>).
          </li>
        )}
      </ul>
    </Section>
  );
}

/** Rows of the table; of more trials the best are shown. */
const ROWS = 300;

const STATES: Record<SweepTrial["state"], string> = {
  complete: "to the end",
  pruned: "stopped early",
  fail: "failed",
  running: "running",
  waiting: "waiting",
};

/** Every trial with its settings; the page's script sorts. */
export function TrialTable({ view }: { view: SweepView }) {
  const { trials, dimensions, objective, study } = view;
  const sign = study.direction === "maximize" ? -1 : 1;
  const rank = ({ state, value }: SweepTrial) =>
    (state === "complete" ? 0 : 1e9) + (value === null || Number.isNaN(value) ? 1e6 : sign * value);
  const rows = trials.toSorted((a, b) => rank(a) - rank(b)).slice(0, ROWS);
  return (
    <Section id="trials" title="All trials">
      {rows.length < trials.length && <p>The best {ROWS} of {trials.length}.</p>}
      <Table
        id="trial-table"
        label="All trials"
        sortable
        head={[
          ...numbers("trial"),
          "how it ended",
          ...numbers(objective, ...dimensions.map(({ label }) => label), "epochs", "minutes"),
        ]}
      >
        {rows.map((trial) => (
          <tr key={trial.number}>
            <th scope="row" class="n">{trial.number}</th>
            <td>
              <span style={{ whiteSpace: "nowrap" }}>{STATES[trial.state]}</span>
              {trial.notes.error && <div class="small state">{trial.notes.error}</div>}
            </td>
            <td class="n" data-sort={trial.value ?? ""}>{trial.value?.toFixed(4) ?? "–"}</td>
            {dimensions.map(({ key }) => (
              <td class="n" key={key} data-sort={String(trial.params[key] ?? "")}>
                {key in trial.params ? settingText(trial.params[key]) : "–"}
              </td>
            ))}
            <td class="n">{trial.intermediate.size}</td>
            <td class="n">{minutes(trial)}</td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

function minutes({ startedAt, finishedAt }: SweepTrial): string {
  if (!startedAt || !finishedAt) return "–";
  return (Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 60_000).toFixed(1);
}
