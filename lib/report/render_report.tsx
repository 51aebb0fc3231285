import { writeAtomic } from "../files/mod.ts";
import { runIn } from "../runs/mod.ts";
import epochs from "./page/epochs.js" with { type: "text" };
import { renderPage } from "./page/render_page.tsx";
import { readRunFiles } from "./read_run_files.ts";
import { type Pseudonymise, type ReportView, reportView } from "./report_view.ts";
import { runFigures } from "./run_figures.ts";
import { Confusion } from "./sections/confusion.tsx";
import { Curves } from "./sections/curves.tsx";
import { Data } from "./sections/data.tsx";
import { Errors } from "./sections/errors.tsx";
import { External } from "./sections/external.tsx";
import { Groups } from "./sections/groups.tsx";
import { Head } from "./sections/head.tsx";
import { Problems } from "./sections/problems.tsx";
import { Protocol } from "./sections/protocol.tsx";
import { Refusal } from "./sections/refusal.tsx";
import { Reproduce } from "./sections/reproduce.tsx";
import { Scores } from "./sections/scores.tsx";
import { Sources } from "./sections/sources.tsx";
import { Summary } from "./sections/summary.tsx";
import { Training } from "./sections/training.tsx";

/** Options of {@linkcode renderReport}. */
export interface ReportOptions {
  /** Names of subjects and recordings that become "subject 1", "recording 1". @default {"cards"} */
  pseudonymise?: Pseudonymise;
}

/**
 * Writes `report.html` and `figures/*.json` into a run folder, from its files alone. A missing or damaged file leaves
 * a gap that the report names.
 *
 * @returns the path of the report.
 */
export async function renderReport(folder: string, options: ReportOptions = {}): Promise<string> {
  const run = runIn(folder);
  const view = reportView(await readRunFiles(folder), options.pseudonymise ?? "cards");
  const figures = runFigures(view);
  for (const [name, figure] of Object.entries(figures)) await run.writeJson(`figures/${name}.json`, figure);
  const { confusion: _confusion, scores: _scores, ...drawn } = figures;
  const page = await renderPage({
    title: `${view.run.config?.title ?? "A run"} · Auscult report`,
    kind: "report",
    contents: contents(view, drawn),
    figures: drawn,
    traced: true,
    scripts: "learning-curves" in drawn ? [epochs] : [],
    body: (
      <>
        <Head view={view} />
        <Summary view={view} />
        <Scores view={view} />
        <External view={view} />
        <Confusion view={view} />
        <Sources view={view} />
        <Groups view={view} />
        <Errors view={view} />
        <Curves figures={drawn} />
        <Data view={view} />
        <Protocol view={view} />
        <Refusal view={view} />
        <Training view={view} figure={drawn["learning-curves"]} />
        <Reproduce view={view} />
        <Problems problems={view.run.problems} />
        <footer>
          Written by Auscult from the files of this run. It needs no network and sends nothing. Research use only: no
          medical device, no diagnosis.
        </footer>
      </>
    ),
  });
  const path = run.path("report.html");
  await writeAtomic(path, page);
  return path;
}

/** The sections that a page of a run has. */
export function contents({ run, metrics }: ReportView, figures: Record<string, unknown>) {
  const shared = (metrics?.sources.length ?? 0) > 1;
  const all: [string, string, boolean][] = [
    ["summary", "Summary", true],
    ["scores", "Scores", metrics !== null],
    ...run.external.map(({ title }, i): [string, string, boolean] => [`external-${i}`, `External: ${title}`, true]),
    ["confusion", "Confusion", metrics !== null],
    ["sources", "Sources", shared],
    ["groups", "Groups", (metrics?.groups?.length ?? 0) > 0],
    ["errors", "Worst errors", (run.examples?.length ?? 0) > 0],
    ["curves", "Thresholds", "roc" in figures],
    ["data", "Data", run.data !== null],
    ["protocol", "Protocol", Boolean(run.splits ?? run.data ?? run.config)],
    ["refusal", "Refusal", run.bundle !== null],
    ["training", "Training", "learning-curves" in figures],
    ["reproduce", "Reproduce", Boolean(run.config ?? run.environment)],
    ["missing", "Missing", run.problems.length > 0],
  ];
  return all.filter(([, , there]) => there).map(([id, name]) => ({ id, name }));
}
