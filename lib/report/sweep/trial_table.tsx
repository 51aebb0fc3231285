import { settingText } from "../../plots/mod.ts";
import type { SweepTrial } from "./sweep_study.ts";
import type { SweepView } from "./sweep_view.ts";

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
    <section id="trials" aria-labelledby="trials-title">
      <h2 id="trials-title">All trials</h2>
      {rows.length < trials.length && <p>The best {ROWS} of {trials.length}.</p>}
      <div class="scroll" tabIndex={0} role="region" aria-label="All trials">
        <table id="trial-table">
          <thead>
            <tr>
              {["trial", "how it ended", objective, ...dimensions.map(({ label }) => label), "epochs", "minutes"].map((
                name,
                i,
              ) => (
                <th scope="col" class={`sortable${i === 1 ? "" : " n"}`} key={name}>
                  <button type="button">{name}</button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
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
          </tbody>
        </table>
      </div>
    </section>
  );
}

function minutes({ startedAt, finishedAt }: SweepTrial): string {
  if (!startedAt || !finishedAt) return "–";
  return (Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 60_000).toFixed(1);
}
