import script from "./page/index.js" with { type: "text" };
import chart from "./page/runs_chart.js" with { type: "text" };
import { join } from "node:path";
import { findRuns, type IndexedRun, minuteOf } from "./index/find_runs.ts";
import type { FileProblem } from "./read_run_files.ts";
import { findSweeps, type IndexedSweep } from "./index/find_sweeps.ts";
import { questionName, type RunQuestion, runQuestions, sameItems } from "./index/run_questions.ts";
import { runSettings } from "./index/run_settings.ts";
import { RunTable } from "./index/run_table.tsx";
import { scoreName } from "../scores/mod.ts";
import { writePage } from "./page/render_page.tsx";
import { PageHead, Section, Unread } from "./page/section.tsx";
import { SERIES } from "../plots/mod.ts";
import { Choice, MARKS, QuestionChart } from "./index/question_chart.tsx";

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
  unreadable: FileProblem[];
}

function Body({ runs, sweeps, questions, unreadable }: BodyProps) {
  const drawn = questions.length > 0;
  const amount = (count: number, of: string) => `${count} ${of}${count === 1 ? "" : "s"}`;
  const asked = amount(runs.length, "run") + " of " +
    amount(new Set(runs.map((run) => run.config.name)).size, "experiment");
  return (
    <>
      <PageHead title="Results" question={asked + (sweeps.length > 0 ? `, ${amount(sweeps.length, "sweep")}` : "")}>
        {drawn && (
          <ul class="facts asked">
            {[["runs", "Table of all"], ["chart", "Runs on one axis"], ["comparison", "Comparison of two"]].map((
              [id, name],
            ) => (
              <li key={id}>
                <a href={`#${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        )}
      </PageHead>
      <Section id="runs" title="Runs and sweeps">
        {runs.length + sweeps.length === 0
          ? (
            <p>
              No run is here yet: <code>deno task demo</code> makes one within a minute.
            </p>
          )
          : <RunTable runs={runs} sweeps={sweeps} />}
        {unreadable.length > 0 && <Unread files={unreadable} />}
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
  const { folder, config, part, judged } = run;
  const scores = Object.entries(run.scores).map((
    [name, { value, low, high, about, over }],
  ) => [scoreName(name, { about }).name, { value, low, high, over }]);
  return {
    ...{ folder, name: `${config.name}, ${minuteOf(config.createdAt)}`, judged, scores: Object.fromEntries(scores) },
    ...{ data: run.data && part !== null ? questionName(run) : null, settings: runSettings(config) },
  };
}

/** All runs of a question on one axis, a question at a time; the page's script chooses what is shown. */
function RunsChart({ questions }: { questions: readonly RunQuestion[] }) {
  // First those that have something to be held against something.
  const rivals = ({ runs }: RunQuestion) => sameItems(runs)[0].length > 1 ? 0 : 1;
  const ordered = questions.toSorted((a, b) => rivals(a) - rivals(b));
  const series = SERIES.light.map((colour, i) => [`--series-${i}`, `light-dark(${colour}, ${SERIES.dark[i]})`]);
  return (
    <Section id="chart" title="Runs on one axis">
      <p class="small muted">
        Each mark is a run's score, its bar the interval over subjects. What the grey reaches can be had without
        listening; shorter ticks are weaker floors. The pale band carries one run's interval through the others: point
        at a run, or step to its link. Only runs that the filter above leaves are drawn.
      </p>
      <svg width="0" height="0" aria-hidden="true" style={{ position: "absolute" }}>
        {MARKS.map((path, i) => <path key={i} id={`mark-${i}`} d={path} />)}
      </svg>
      <div id="runs-chart" style={Object.fromEntries(series)}>
        <div class="asked choices">
          <Choice label="Runs on" id="chart-question">
            {ordered.map(({ name }, q) => <option key={q} value={q}>{name}</option>)}
          </Choice>
        </div>
        <p hidden>No run that was judged passes the filter.</p>
        {ordered.map((question, q) => <QuestionChart key={q} question={question} hidden={q > 0} />)}
      </div>
    </Section>
  );
}
