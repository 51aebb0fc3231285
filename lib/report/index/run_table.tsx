import { scoreName, scoresByUnit } from "../../scores/mod.ts";
import { externalName } from "../read_external.ts";
import { dataName } from "./run_questions.ts";
import { judgedAmount } from "../read_run_files.ts";
import { between, type Heading, numbers, ScoreScale, shownFigure, Table } from "../page/table.tsx";
import { headline, type IndexedRun, minuteOf, reportAddress } from "./find_runs.ts";
import type { IndexedSweep } from "./find_sweeps.ts";

/** A column that is there where a run was judged on other data. */
const EXTERNAL = "external";

const COLUMNS: Heading[] = [
  ...["experiment", "data", "score"],
  ...numbers("value"),
  "interval, floor",
  ...numbers("subjects"),
  ...[EXTERNAL, "learning", "model"],
  ...numbers("minutes"),
  "started",
];

/** All runs and sweeps; the page's script sorts, filters and compares. */
export function RunTable({ runs, sweeps }: { runs: IndexedRun[]; sweeps: IndexedSweep[] }) {
  const external = runs.some((run) => run.external.length > 0);
  return (
    <>
      <p class="asked">
        <label for="filter">Show only those with</label>{" "}
        <input id="filter" type="search" placeholder="lung, cnn, sweep, 2026-11 …" autocomplete="off" />{" "}
        <span id="filter-count" class="small muted" aria-live="polite" />
      </p>
      <Table
        id="run-table"
        label="Runs and sweeps"
        sortable
        head={COLUMNS.filter((name) => external || name !== EXTERNAL)}
      >
        {runs.map((run) => <Row key={run.folder} run={run} external={external} />)}
        {sweeps.map((sweep) => <SweepRow key={sweep.folder} sweep={sweep} external={external} />)}
      </Table>
    </>
  );
}

function Row({ run, external }: { run: IndexedRun; external: boolean }) {
  const { config, data, status, scores, curve, folder, notes } = run;
  const name = headline(run);
  const score = name === undefined ? undefined : scores[name];
  const started = minuteOf(config.createdAt);
  const { subjects } = judgedAmount(run).amount ?? data?.total ?? {};
  return (
    <tr>
      <th scope="row">
        <input
          type="checkbox"
          class="compare picked"
          value={folder}
          aria-label={`Compare ${config.name} of ${started}`}
        />{" "}
        {run.report ? <a href={reportAddress(folder)}>{config.name}</a> : config.name}
        {notes.star && <span class="star" title="for the paper">★</span>}
        <div class="meaning">{config.title}</div>
        {notes.tags.length > 0 && <div class="meaning">{notes.tags.map((tag) => `#${tag}`).join(" ")}</div>}
        {status && status.state !== "complete" && <div class="meaning state">{status.state}</div>}
      </th>
      <td>{dataName(run)}</td>
      <td>
        {name === undefined ? "none yet" : scoreName(name, score).name}
        {score?.over && <div class="meaning">{score.over}</div>}
      </td>
      <td class="n" data-sort={score?.value ?? ""}>{shownFigure(score?.value)}</td>
      <td class="wide" data-sort={score?.low ?? ""}>
        {score && <ScoreScale score={score} />}
        {score && score.low !== null && score.high !== null && (
          <span class="small muted">
            {between(score)}
            {score.floor !== null && `, floor ${shownFigure(score.floor)}`}
          </span>
        )}
      </td>
      <td class="n">{subjects ?? "–"}</td>
      {external && (
        <td class="small">
          <ExternalScores run={run} name={name} />
        </td>
      )}
      <td data-sort={curve.at(-1) ?? ""}>
        <Sparkline values={curve} what="Validation score by epoch" />
      </td>
      <td>{config.experiment.model.kind ?? "unknown"}</td>
      <td class="n" data-sort={status?.seconds ?? ""}>{status ? (status.seconds / 60).toFixed(1) : "–"}</td>
      <td class="when" data-sort={config.createdAt}>{started}</td>
    </tr>
  );
}

/** The run's first score on each set of other data, with its floor there. */
function ExternalScores({ run: { external, config, folder }, name = "" }: { run: IndexedRun; name?: string }) {
  return external.map((set) =>
    Object.entries(set.metrics.parts).map(([part, { pooled }]) => {
      const score = scoresByUnit(pooled, config.experiment.evaluation.unit)[name];
      return (
        <div key={`${set.folder} ${part}`}>
          <a href={reportAddress(`${folder}/${set.folder}`)}>{externalName(set, part).replace("External: ", "")}</a>
          {" "}
          {shownFigure(score?.value)}
          {score && score.floor !== null && <span class="small muted">, floor {shownFigure(score.floor)}</span>}
        </div>
      );
    })
  );
}

/** A sweep as a row of the table of runs: the best trial's score, every trial as a dot, the best so far by trial. */
function SweepRow({ sweep, external }: { sweep: IndexedSweep; external: boolean }) {
  const { name, folder, report, study, settings, trials } = sweep;
  const count = (state: string) => trials.filter((trial) => trial.state === state).length;
  const scored = trials.flatMap(({ state, value }) => state === "complete" && value !== null ? [value] : []);
  const least = scored.length > 0 ? Math.min(...scored) : null;
  const better = study?.direction === "minimize" ? Math.min : Math.max;
  const bestSoFar = scored.map((_, i) => better(...scored.slice(0, i + 1))), best = bestSoFar.at(-1);
  const started = trials.map(({ startedAt }) => startedAt).filter((time) => time !== null).sort()[0] ?? "";
  const seconds = trials.map(({ startedAt, finishedAt }) =>
    startedAt && finishedAt ? Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : 0
  ).reduce((sum, own) => sum + own, 0);
  const monitor = settings.evaluation?.monitor;
  const others = Object.entries(STATES).filter(([state]) => count(state) > 0);
  return (
    <tr>
      <th scope="row">
        {report ? <a href={reportAddress(folder)}>sweep {name}</a> : `sweep ${name}`}
        <div class="meaning">
          {study ? `of ${settings.name ?? "an experiment"}` : "its trials are in a database; see its report"}
        </div>
        {others.length > 0 && (
          <div class="meaning state">{others.map(([state, words]) => `${count(state)} ${words}`).join(", ")}</div>
        )}
      </th>
      <td>{settings.dataset?.name ?? "unknown"}</td>
      <td>{monitor ? `${scoreName(monitor).name}, best on validation` : "best on validation"}</td>
      <td class="n" data-sort={best ?? ""}>{shownFigure(best)}</td>
      <td class="wide" data-sort={least ?? ""}>
        <Dots values={scored} />
        {least !== null && (
          <span class="small muted">
            {scored.length} trials from {shownFigure(least)} to {shownFigure(Math.max(...scored))}
          </span>
        )}
      </td>
      <td class="n">–</td>
      {external && <td />}
      <td data-sort={best ?? ""}>
        <Sparkline values={bestSoFar} what="Best trial so far" />
      </td>
      <td>{study ? `${Object.keys(study.space).length} settings searched, ${count("pruned")} trials pruned` : ""}</td>
      <td class="n" data-sort={seconds}>{study ? (seconds / 60).toFixed(1) : "–"}</td>
      <td class="when" data-sort={started}>{minuteOf(started)}</td>
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

/**
 * A line from 0 to 1, so that rows can be compared at a glance, or from the least to the highest where values lie beyond
 * (costs, log loss); nothing where there are fewer than two values.
 */
function Sparkline({ values, what }: { values: number[]; what: string }) {
  if (values.length < 2) return null;
  const least = Math.min(...values), highest = Math.max(...values);
  const [low, high] = least >= 0 && highest <= 1 ? [0, 1] : [least, highest];
  const height = (value: number) => 24 * (high - value) / (high - low || 1);
  const points = values.map((value, i) => `${(100 * i / (values.length - 1)).toFixed(1)},${height(value).toFixed(1)}`);
  const label = `${what}, from ${values[0].toFixed(2)} to ${values.at(-1)!.toFixed(2)}`;
  return (
    <svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={label}>
      <polyline points={points.join(" ")} />
    </svg>
  );
}
