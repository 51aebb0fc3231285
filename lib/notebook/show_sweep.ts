import { figureSvg, plotTrials, type SweepPlotOptions } from "../plots/mod.ts";
import { progressLine, type StudyStorage, sweepProgress, sweepTable, type Trial } from "../sweep/mod.ts";
import { type displayBundle, pictureBundle } from "./display_bundle.ts";
import { liveDisplay } from "./live_display.ts";
import { escapeXml, loadSvgPng } from "../pictures/mod.ts";
import { showPlot } from "./show_plot.ts";
import { showTable } from "./show_table.ts";

/** Shows the trials of a sweep: the objective by trial with the best so far, and a table with the best trial first. */
export async function showSweep(trials: readonly Trial[], options: SweepPlotOptions = {}): Promise<void> {
  const { direction = "maximize", objective = "objective" } = options;
  await showPlot(plotTrials(trials, { direction, objective }));
  const sign = direction === "maximize" ? -1 : 1;
  const rank = ({ value }: Trial) => value === null ? Infinity : sign * value;
  const rows = trials.toSorted((a, b) => rank(a) - rank(b))
    .map(({ number, state, value, params }) => ({ trial: number, state, [objective]: value, ...params }));
  await showTable(rows, { title: "Trials, the best one first", digits: 5 });
}

export interface WatchSweepOptions {
  /** Trials that the study is to have. */
  limit: number;
  /** Name of the objective. @default {"objective"} */
  objective?: string;
  /** @default {1000} */
  everyMs?: number;
  /** @default {displayBundle} */
  show?: typeof displayBundle;
}

/**
 * Shows how far a study is while its workers are at work, in place: the trials with the best so far, what is running, how many
 * trials an hour, how long it will take.
 *
 * @returns a function that shows it a last time and ends it.
 *
 * @example
 * ```ts ignore
 * const endWatching = await watchSweep(storage, { limit: 12 });
 * await runWorker({ storage, limit: 12, … });
 * await endWatching();
 * ```
 */
export async function watchSweep(storage: StudyStorage, options: WatchSweepOptions): Promise<() => Promise<void>> {
  const { limit, objective = "objective", everyMs = 1000, show } = options;
  const { name, direction } = storage.study;
  const svgPng = await loadSvgPng();
  const started = performance.now();
  let endedAtStart: number | undefined;
  const live = liveDisplay((trials: readonly Trial[]) => {
    endedAtStart ??= sweepProgress(trials, { direction, limit }).ended;
    const since = { ended: endedAtStart, hours: (performance.now() - started) / 3.6e6 };
    const progress = sweepProgress(trials, { direction, limit, since });
    const png = svgPng(figureSvg(plotTrials(trials, { direction, objective }))).toBase64();
    const table = sweepTable(trials, { name, direction, progress, width: 120 }).join("\n");
    const below = `<pre>${escapeXml(table)}</pre>`;
    return pictureBundle(png, { alt: "trials so far", below, text: progressLine(progress) });
  }, { show });
  const look = async () => live.update(await storage.trials());
  let looking = look();
  const timer = setInterval(() => looking = looking.then(look).catch(() => {}), everyMs);
  return async () => {
    clearInterval(timer);
    await looking;
    await look();
    await live.end();
  };
}
