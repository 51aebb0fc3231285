import { join } from "node:path";
import { writeAtomic } from "../files/mod.ts";
import { findRuns, type IndexedRun, type UnreadableRun } from "./index/find_runs.ts";
import { findSweeps, type IndexedSweep } from "./index/find_sweeps.ts";
import { RunTable } from "./index/run_table.tsx";
import script from "./page/index.js" with { type: "text" };
import { scoreName } from "./score_names.ts";
import { renderPage } from "./page/render_page.tsx";

/**
 * Writes `index.html` into the results folder: every run and sweep below it in one table that can be sorted and
 * filtered, and any two runs side by side.
 *
 * @returns the path of the page.
 */
export async function renderIndex(results: string): Promise<string> {
  const { runs, unreadable } = await findRuns(results);
  const { sweeps, unreadable: damaged } = await findSweeps(results);
  const page = await renderPage({
    title: "Results · Auscult",
    kind: "results",
    contents: [],
    figures: {},
    scripts: [script],
    data: { runs: runs.map(comparable) },
    body: <Body runs={runs} sweeps={sweeps} unreadable={[...unreadable, ...damaged]} />,
  });
  const path = join(results, "index.html");
  await writeAtomic(path, page);
  return path;
}

interface BodyProps {
  runs: IndexedRun[];
  sweeps: IndexedSweep[];
  unreadable: UnreadableRun[];
}

function Body({ runs, sweeps, unreadable }: BodyProps) {
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
      </header>
      <section id="runs" aria-labelledby="runs-title">
        <h2 id="runs-title">Runs and sweeps</h2>
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
      </section>
      <section id="comparison" aria-labelledby="comparison-title">
        <h2 id="comparison-title">Comparison of two runs</h2>
        <p id="comparison-hint">Tick two runs above. Differences are first less second.</p>
        <div id="comparison-table" aria-live="polite" />
      </section>
      <footer>
        Written by Auscult from the runs and sweeps below this page. It needs no network and sends nothing.
      </footer>
    </>
  );
}

/** What the comparison needs of a run, plain JSON. */
function comparable({ folder, config, data, part, scores }: IndexedRun) {
  // What names or accompanies an experiment decides nothing.
  const { name: _name, title: _title, question: _question, references: _references, budgets: _budgets, ...decisive } =
    config.experiment;
  return {
    folder,
    name: `${config.name}, ${config.createdAt.slice(0, 16).replace("T", " ")}`,
    part,
    scores: Object.fromEntries(
      Object.entries(scores).map((
        [name, { value, low, high, n, unit }],
      ) => [scoreName(name).name, { value, low, high, n, unit }]),
    ),
    data: data ? `${data.dataset}, ${data.task}, part ${part}` : null,
    settings: {
      ...flat(decisive),
      seeds: JSON.stringify(config.seeds),
      "engine.name": config.engine.name,
      "engine.threads": String(config.engine.threads),
    },
  };
}

/** `{ a: { b: 1 } }` to `{ "a.b": "1" }`; arrays stay whole. */
function flat(value: Record<string, unknown>, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, string][] => {
      const nested = typeof inner === "object" && inner !== null && !Array.isArray(inner);
      if (nested) return Object.entries(flat(inner as Record<string, unknown>, `${prefix}${key}.`));
      return [[`${prefix}${key}`, typeof inner === "string" ? inner : JSON.stringify(inner)]];
    }),
  );
}
