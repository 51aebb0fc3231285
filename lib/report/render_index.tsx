import { join } from "node:path";
import { findRuns, type IndexedRun, type UnreadableRun } from "./index/find_runs.ts";
import { findSweeps, type IndexedSweep } from "./index/find_sweeps.ts";
import { questionName, type RunQuestion, runQuestions } from "./index/run_questions.ts";
import { runSettings } from "./index/run_settings.ts";
import { RunTable } from "./index/run_table.tsx";
import { RunsChart } from "./index/runs_chart.tsx";
import script from "./page/index.js" with { type: "text" };
import chart from "./page/runs_chart.js" with { type: "text" };
import { scoreName } from "../scores/mod.ts";
import { writePage } from "./page/write_page.ts";
import { Section } from "./page/section.tsx";

/**
 * Writes `index.html` into the results folder: every run and sweep below it in one table that can be sorted and
 * filtered, and any two runs side by side.
 *
 * @returns the path of the page.
 */
export async function renderIndex(results: string): Promise<string> {
  const { runs, unreadable } = await findRuns(results);
  const { sweeps, unreadable: damaged } = await findSweeps(results);
  const questions = runQuestions(runs);
  return await writePage(join(results, "index.html"), {
    title: "Results · Auscult",
    kind: "results",
    scripts: questions.length > 0 ? [script, chart] : [script],
    data: { runs: runs.map(comparable) },
    writtenFrom: "the runs and sweeps below this page",
    body: <Body runs={runs} sweeps={sweeps} questions={questions} unreadable={[...unreadable, ...damaged]} />,
  });
}

interface BodyProps {
  runs: IndexedRun[];
  sweeps: IndexedSweep[];
  /** Of the runs that were judged. */
  questions: RunQuestion[];
  unreadable: UnreadableRun[];
}

function Body({ runs, sweeps, questions, unreadable }: BodyProps) {
  const drawn = questions.length > 0;
  const experiments = new Set(runs.map((run) => run.config.name)).size;
  return (
    <>
      <header class="head">
        <h1>Results</h1>
        <p class="question">
          {runs.length} {runs.length === 1 ? "run" : "runs"} of {experiments}{" "}
          {experiments === 1 ? "experiment" : "experiments"}
          {sweeps.length > 0 && `, ${sweeps.length} ${sweeps.length === 1 ? "sweep" : "sweeps"}`}
        </p>
        {drawn && (
          <ul class="facts asked">
            <li>
              <a href="#runs">Table of all</a>
            </li>
            <li>
              <a href="#chart">Runs on one axis</a>
            </li>
            <li>
              <a href="#comparison">Comparison of two</a>
            </li>
          </ul>
        )}
      </header>
      <Section id="runs" title="Runs and sweeps">
        {runs.length + sweeps.length === 0
          ? (
            <p>
              No run is here yet: <code>deno task demo</code> makes one within a minute.
            </p>
          )
          : <RunTable runs={runs} sweeps={sweeps} />}
        {unreadable.length > 0 && (
          <div class="note warning">
            {unreadable.map(({ folder, problem }) => (
              <p key={folder}>
                <code>{folder}</code>: {problem}
              </p>
            ))}
          </div>
        )}
      </Section>
      {drawn && <RunsChart questions={questions} />}
      <Section id="comparison" title="Comparison of two runs">
        <p id="comparison-hint">Tick two runs above. Differences are first less second.</p>
        <div id="comparison-table" aria-live="polite" />
      </Section>
    </>
  );
}

/** What the comparison needs of a run, plain JSON. */
function comparable(run: IndexedRun) {
  const { folder, config, part, judged, scores } = run;
  return {
    folder,
    name: `${config.name}, ${config.createdAt.slice(0, 16).replace("T", " ")}`,
    judged,
    scores: Object.fromEntries(
      Object.entries(scores).map((
        [name, { value, low, high, about }],
      ) => [scoreName(name, { about }).name, { value, low, high }]),
    ),
    data: run.data && part !== null ? questionName(run) : null,
    settings: runSettings(config),
  };
}
