import { scoreName } from "../../scores/mod.ts";
import type { IndexedSweep } from "./find_sweeps.ts";
import { reportAddress } from "./report_address.ts";
import { Sparkline } from "./sparkline.tsx";

/** A sweep as a row of the table of runs: the best trial's score, every trial as a dot, the best so far by trial. */
export function SweepRow({ sweep, external }: { sweep: IndexedSweep; external: boolean }) {
  const { name, folder, report, study, settings, trials } = sweep;
  const count = (state: string) => trials.filter((trial) => trial.state === state).length;
  const scored = trials.filter((trial) => trial.state === "complete" && trial.value !== null).map(({ value }) =>
    value!
  );
  const best = scored.length === 0 ? null : (study?.direction === "minimize" ? Math.min : Math.max)(...scored);
  const started = trials.map(({ startedAt }) => startedAt).filter((time) => time !== null).sort()[0] ?? "";
  const seconds = trials.reduce(
    (sum, { startedAt, finishedAt }) =>
      startedAt && finishedAt ? sum + Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : sum,
    0,
  );
  const monitor = settings.evaluation?.monitor;
  const others = (["running", "waiting", "fail"] as const).filter((state) => count(state) > 0);
  return (
    <tr>
      <th scope="row">
        {report ? <a href={reportAddress(folder)}>sweep {name}</a> : `sweep ${name}`}
        <div class="meaning">
          {study ? `of ${settings.name ?? "an experiment"}` : "its trials are in a database; see its report"}
        </div>
        {others.length > 0 && (
          <div class="meaning state">{others.map((state) => `${count(state)} ${STATES[state]}`).join(", ")}</div>
        )}
      </th>
      <td>{settings.dataset?.name ?? "unknown"}</td>
      <td>{monitor ? `${scoreName(monitor).name}, best on validation` : "best on validation"}</td>
      <td class="n" data-sort={best ?? ""}>{best?.toFixed(3) ?? "–"}</td>
      <td class="wide" data-sort={scored.length > 0 ? Math.min(...scored) : ""}>
        <Dots values={scored} />
        {scored.length > 0 && (
          <span class="small muted">
            {scored.length} trials from {Math.min(...scored).toFixed(3)} to {Math.max(...scored).toFixed(3)}
          </span>
        )}
      </td>
      <td class="n">–</td>
      {external && <td />}
      <td data-sort={best ?? ""}>
        <Sparkline values={bestSoFar(scored, study?.direction)} what="Best trial so far" />
      </td>
      <td>{study ? `${Object.keys(study.space).length} settings searched, ${count("pruned")} trials pruned` : ""}</td>
      <td class="n" data-sort={seconds}>{study ? (seconds / 60).toFixed(1) : "–"}</td>
      <td class="when" data-sort={started}>{started.slice(0, 16).replace("T", " ")}</td>
    </tr>
  );
}

const STATES = { running: "running", waiting: "waiting", fail: "failed" };

/** Every trial on the scale from 0 to 1. */
function Dots({ values }: { values: number[] }) {
  if (values.length === 0) return null;
  return (
    <svg class="scale" aria-hidden="true">
      <line class="track" x1="0" x2="100%" y1="11" y2="11" />
      {values.map((value, i) => (
        <circle key={i} class="trial" cx={`${(100 * Math.max(0, Math.min(1, value))).toFixed(1)}%`} cy="11" r="3" />
      ))}
    </svg>
  );
}

function bestSoFar(values: readonly number[], direction?: "minimize" | "maximize"): number[] {
  const better = direction === "minimize" ? Math.min : Math.max;
  return values.map((_, i) => better(...values.slice(0, i + 1)));
}
