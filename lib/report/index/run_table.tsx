import { ScoreScale } from "../page/score_scale.tsx";
import { scoreName, scoresByUnit } from "../../scores/mod.ts";
import { externalName } from "../read_external.ts";
import { dataName } from "./run_questions.ts";
import { judgedAmount } from "../judged_amount.ts";
import { type Heading, numbers, Table } from "../page/table.tsx";
import type { IndexedRun } from "./find_runs.ts";
import type { IndexedSweep } from "./find_sweeps.ts";
import { headline } from "./headline.ts";
import { reportAddress } from "./report_address.ts";
import { shownScore } from "./shown_score.ts";
import { Sparkline } from "./sparkline.tsx";
import { SweepRow } from "./sweep_row.tsx";

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
  const model = config.experiment.model;
  const started = config.createdAt.slice(0, 16).replace("T", " ");
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
      <td class="n" data-sort={score?.value ?? ""}>{shownScore(score?.value ?? null)}</td>
      <td class="wide" data-sort={score?.low ?? ""}>
        {score && score.value !== null && score.value <= 1 && <ScoreScale score={score} />}
        {score && score.low !== null && score.high !== null && (
          <span class="small muted">
            {shownScore(score.low)} – {shownScore(score.high)}
            {score.floor !== null && `, floor ${shownScore(score.floor)}`}
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
      <td>{model?.kind ?? "unknown"}</td>
      <td class="n" data-sort={status?.seconds ?? ""}>{status ? (status.seconds / 60).toFixed(1) : "–"}</td>
      <td class="when" data-sort={config.createdAt}>{started}</td>
    </tr>
  );
}

/** The run's first score on each set of other data, with its floor there. */
function ExternalScores({ run: { external, config, folder }, name }: { run: IndexedRun; name: string | undefined }) {
  const { unit } = config.experiment.evaluation;
  const sets = external.flatMap((set) =>
    Object.entries(set.metrics.parts).map(([part, { pooled }]) => ({
      ...{ set, part, score: name === undefined ? undefined : scoresByUnit(pooled, unit)[name] },
    }))
  );
  return (
    <>
      {sets.map(({ set, part, score }) => (
        <div key={`${set.folder} ${part}`}>
          <a href={reportAddress(`${folder}/${set.folder}`)}>{externalName(set, part).replace("External: ", "")}</a>
          {" "}
          {shownScore(score?.value ?? null)}
          {score && score.floor !== null && <span class="small muted">, floor {shownScore(score.floor)}</span>}
        </div>
      ))}
    </>
  );
}
