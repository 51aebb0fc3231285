import { settingText } from "../../plots/mod.ts";
import { Section } from "../page/section.tsx";
import { numbers, Table } from "../page/table.tsx";
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
