import epochs from "./page/epochs.js" with { type: "text" };
import { runIn } from "../runs/mod.ts";
import { writePage } from "./page/render_page.tsx";
import { type FileProblem, readRunFiles } from "./read_run_files.ts";
import { renderPlaces } from "./render_places.tsx";
import { type Pseudonymise, reportView } from "./report_view.ts";
import { runFigures } from "./run_figures.ts";
import { Confusion } from "./sections/confusion.tsx";
import { Curves } from "./sections/curves.tsx";
import { Data } from "./sections/data.tsx";
import { Errors } from "./sections/errors.tsx";
import { External } from "./sections/external.tsx";
import { Frames } from "./sections/frames.tsx";
import { Groups, Sources } from "./sections/sources.tsx";
import { Head } from "./sections/head.tsx";
import { Protocol } from "./sections/protocol.tsx";
import { Refusal } from "./sections/refusal.tsx";
import { Reproduce } from "./sections/reproduce.tsx";
import { Scores } from "./sections/scores.tsx";
import { Summary } from "./sections/summary.tsx";
import { Training } from "./sections/training.tsx";
import { Section, Unread } from "./page/section.tsx";

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
  if (view.run.places) await renderPlaces(run, view, view.run.places);
  return await writePage(run.path("report.html"), {
    title: `${view.run.config?.title ?? "A run"} · Auscult report`,
    kind: "report",
    contents: "sections",
    figures: drawn,
    traced: true,
    scripts: "learning-curves" in drawn ? [epochs] : [],
    writtenFrom: "the files of this run",
    body: (
      <>
        <Head view={view} />
        <Summary view={view} />
        <Scores view={view} />
        <External view={view} />
        <Confusion view={view} />
        <Sources view={view} />
        <Groups view={view} />
        <Frames view={view} />
        <Errors view={view} />
        <Curves figures={drawn} />
        <Data view={view} />
        <Protocol view={view} />
        <Refusal view={view} />
        <Training view={view} figures={drawn} />
        <Reproduce view={view} />
        <Problems problems={view.run.problems} />
      </>
    ),
  });
}

/** The files that this report had to do without. */
function Problems({ problems }: { problems: FileProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <Section id="missing" title="Missing from this report" short="Missing">
      <Unread files={problems} />
    </Section>
  );
}
