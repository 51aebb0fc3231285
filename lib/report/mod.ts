/**
 * What people share: a run as one HTML file that opens from disk, with no server and no network; its model card; a page
 * in which its model judges new recordings; the index of all runs.
 *
 * @example A report of a folder in which nothing is yet: it says so
 * ```ts
 * import { expect } from "expect";
 * import { renderReport } from "./mod.ts";
 * const folder = await Deno.makeTempDir();
 * const page = await Deno.readTextFile(await renderReport(folder));
 * expect(page).toContain("<code>metrics.json</code>: It is missing.");
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @module
 */
export { renderPage } from "./page/render_page.tsx";
export { type AblationResults, ablationResults, type AblationRun } from "./ablations/ablation_results.ts";
export * from "./ablations/render_ablations.tsx";
export * from "./render_index.tsx";
export { type ListenDataOptions, makeListenData } from "./listen/make_listen_data.ts";
export { liveScript } from "./live_script.ts";
export * from "./render_listen.tsx";
export * from "./render_listening.tsx";
export * from "./render_live.tsx";
export * from "./render_model_card.ts";
export * from "./render_external_report.tsx";
export { renderReport, type ReportOptions } from "./render_report.tsx";
export type { Pseudonymise } from "./report_view.ts";

// For what else is written of a run.
export { comparedScoreName, type PairedDifference, type PairedRuns, pairRuns, whyNotPaired } from "./pair_runs.ts";
export { groupRank, type GroupRow, groupRows } from "./group_rows.ts";
export { findRuns } from "./index/find_runs.ts";
export { externalName } from "./read_external.ts";
export { type FileProblem, judgedAmount, type LoadedExample, readRunFiles, type RunFiles } from "./read_run_files.ts";
export {
  headlineNames,
  pooledScore,
  pooledScores,
  type ReportView,
  reportView,
  toldScore,
  toldScores,
} from "./report_view.ts";
export { runFigures } from "./run_figures.ts";
export { runSettings } from "./index/run_settings.ts";
export { sourceFlags } from "./source_flags.ts";
