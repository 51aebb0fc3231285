import { join } from "node:path";
import { bestTrial } from "../../sweep/mod.ts";
import { writePage } from "../page/render_page.tsx";
import { BestSettings, SweepHead, SweepSummary } from "./summary.tsx";
import { findJudgedRun } from "./find_judged_runs.ts";
import { HowSearched, Search, Settings, TrialTable } from "./search_section.tsx";
import { LINES, sweepFigures } from "./sweep_figures.ts";
import { ownParams, sharedSettings, type SweepStudy, type SweepTrial, sweepView } from "./sweep_view.ts";

export interface SweepReportOptions {
  /** Folder of the study, where the page goes: `"results/sweeps/NAME"`. */
  folder: string;
  /** Folder of all runs, where the winner's is looked for. @default {"results"} */
  results?: string;
}

/**
 * Writes `report.html` of a sweep: what was found, in figures and in plain words, and what the held-out subjects say of the
 * winner once it has been trained. Like every page, it is one file that needs no network.
 *
 * @returns the path of the page.
 */
export async function renderSweepReport(sweep: SweepStudy, options: SweepReportOptions): Promise<string> {
  const { folder, results = "results" } = options;
  const { experiment, seed } = sharedSettings(sweep);
  const best = bestTrial(sweep.trials, sweep.study.direction);
  const where = { experiment, seed, results, from: folder };
  const view = sweepView(sweep, {
    winner: best ? await findJudgedRun(best.params, where) : null,
    // As the command of the page trained them, or as the experiment did before.
    defaults: best ? await findJudgedRun(ownParams(sweep), where) ?? await findJudgedRun({}, where) : null,
  });
  const figures = sweepFigures(view);
  const journal = await Deno.stat(join(folder, "study.jsonl")).then(() => true, () => false);
  return await writePage(join(folder, "report.html"), {
    title: `Sweep ${sweep.study.name} · Auscult`,
    kind: "sweep",
    contents: "sections",
    figures,
    writtenFrom: "this study",
    body: (
      <>
        <SweepHead view={view} />
        <SweepSummary view={view} />
        <BestSettings view={view} />
        <Settings view={view} figures={figures} />
        <Search figures={figures} note={thinningNote(sweep.trials)} />
        <TrialTable view={view} />
        <HowSearched view={view} journal={journal} />
      </>
    ),
  });
}

function thinningNote(trials: readonly SweepTrial[]): string {
  const every = Math.ceil(trials.length / LINES);
  return every <= 1 ? "" : `Of ${trials.length} trials, one in ${every} and the best are drawn as lines.`;
}
