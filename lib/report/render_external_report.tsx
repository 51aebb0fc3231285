import { DataError } from "../errors/mod.ts";
import { runIn } from "../runs/mod.ts";
import { writePage } from "./page/render_page.tsx";
import { externalName, readExternalSet } from "./read_external.ts";
import { readRunFiles } from "./read_run_files.ts";
import type { ReportOptions } from "./render_report.tsx";
import { reportView } from "./report_view.ts";
import { runFigures } from "./run_figures.ts";
import { Adapted, adaptedFigure } from "./sections/adapted.tsx";
import { Confusion } from "./sections/confusion.tsx";
import { Curves } from "./sections/curves.tsx";
import { Data } from "./sections/data.tsx";
import { Groups, Sources } from "./sections/sources.tsx";
import { Head } from "./sections/head.tsx";
import { Scores } from "./sections/scores.tsx";
import { Summary } from "./sections/summary.tsx";

/**
 * Writes `report.html` beside the figures of other data that a run was judged on, from the files of both.
 *
 * @param folder Of the run.
 * @param out Where `evaluate` left the figures.
 * @returns the path of the page.
 */
export async function renderExternalReport(folder: string, out: string, options: ReportOptions = {}): Promise<string> {
  const own = await readRunFiles(folder);
  const set = await readExternalSet(out);
  if (set === null) {
    const remedy = "deno task evaluate makes them";
    throw new DataError({ expected: "figures of other data", found: "none", where: out, remedy });
  }
  const { config } = own;
  const view = reportView({
    ...own,
    ...{ config: config && { ...config, references: [], question: `Judged on other data: ${set.title}` } },
    ...{
      metrics: set.metrics,
      data: set.data,
      predictions: await runIn(out).predictions().catch(() => null),
      external: [],
    },
    ...{ status: null, splits: null, history: null, examples: null, places: null, problems: [] },
  }, options.pseudonymise ?? "cards");
  view.partName = (part) => externalName(set, part);
  view.trainedOn = own.data?.title;
  const { confusion: _confusion, scores: _scores, ...figures } = runFigures(view);
  const { adapted } = set;
  if (adapted) figures.adapted = adaptedFigure(adapted, view.wanted);
  return await writePage(runIn(out).path("report.html"), {
    title: `External: ${set.title} · ${config?.title ?? "A run"} · Auscult report`,
    kind: "report",
    contents: "sections",
    figures,
    traced: true,
    writtenFrom: "the files beside this page and those of its run",
    body: (
      <>
        <Head view={view} />
        <Summary view={view} />
        <Scores view={view} />
        {adapted && <Adapted adapted={adapted} figures={figures} wanted={view.wanted} />}
        <Confusion view={view} />
        <Sources view={view} />
        <Groups view={view} />
        <Curves figures={figures} />
        <Data view={view} />
      </>
    ),
  });
}
