import { DataError } from "../errors/mod.ts";
import { type Adaptation, type RunAdapted, runIn } from "../runs/mod.ts";
import { writePage } from "./page/render_page.tsx";
import { externalName, readExternalSet } from "./read_external.ts";
import { readRunFiles } from "./read_run_files.ts";
import type { ReportOptions } from "./render_report.tsx";
import { reportView } from "./report_view.ts";
import { runFigures } from "./run_figures.ts";
import { Confusion } from "./sections/confusion.tsx";
import { Curves } from "./sections/curves.tsx";
import { Data } from "./sections/data.tsx";
import { Groups, Sources } from "./sections/sources.tsx";
import { Head } from "./sections/head.tsx";
import { Scores } from "./sections/scores.tsx";
import { Summary } from "./sections/summary.tsx";
import { scoreName, usualScores } from "../scores/mod.ts";
import { type Figure, plotDifferences } from "../plots/mod.ts";
import { Figures, Section } from "./page/section.tsx";
import { numbers, Table, tracer, withEnds } from "./page/table.tsx";

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

interface AdaptedProps {
  adapted: RunAdapted;
  figures: Record<string, Figure>;
  /** Scores that the experiment names. */
  wanted: readonly string[];
}

type Way = RunAdapted["ways"][number];

const WAYS: Record<Adaptation, string> = {
  statistics: "the place's statistics of bands",
  "batch-statistics": "the place's statistics of batch normalisations",
  prior: "the place's share of classes",
};

const shown = (way: Way, wanted: readonly string[]) =>
  [...new Set([...wanted, ...usualScores])].filter((name) => name in way.scores);

/** What each way of fitting the networks to the place without labels changes, as a forest of differences. */
function adaptedFigure({ ways }: RunAdapted, wanted: readonly string[]): Figure {
  const rows = ways.flatMap((way) =>
    shown(way, wanted).slice(0, 3).flatMap((key) => {
      const { value, low, high } = way.differences[key] ?? NONE;
      if (value === null) return [];
      const told = low !== null && high !== null && low * high > 0;
      return [{ name: `${scoreName(key).name}, ${way.way}`, difference: value, low, high, told }];
    })
  );
  return plotDifferences(rows, { title: "", axis: "adapted, less as they are" });
}

const NONE = { value: null, low: null, high: null };

/** The same as a table. */
function Adapted({ adapted: { ways }, figures, wanted }: AdaptedProps) {
  return (
    <Section id="adapted" title="Adapted without labels" short="Adapted">
      <p>
        What the same networks give once they are fitted to each source of these data, of which no label was seen. Each
        way stands by itself beside the networks as they are, whose figures are those of this page: nothing was chosen
        by it.
      </p>
      <Figures figures={figures} words={WORDS} />
      {ways.map((way, i) => <WayTable key={i} way={way} at={`ways[${i}].`} shown={shown(way, wanted)} />)}
    </Section>
  );
}

function WayTable({ way, at, shown }: { way: Way; at: string; shown: readonly string[] }) {
  const traced = tracer("adapted.json", at);
  return (
    <Table
      label={WAYS[way.way]}
      caption={<>By {WAYS[way.way]}. {traced(way.found, "found")}</>}
      head={["score", ...numbers("as they are", "adapted", "difference", "count")]}
      rows={shown.map((key) => {
        const { value, n } = way.scores[key], difference = way.differences[key] ?? NONE;
        const before = value === null || difference.value === null ? null : value - difference.value;
        return [
          scoreName(key).name,
          traced(before, `scores.${key}.value less differences.${key}.value`, 3),
          traced(value, `scores.${key}.value`, 3),
          withEnds(difference, { traced, at: `differences.${key}.` }),
          traced(n, `scores.${key}.n`),
        ];
      })}
    />
  );
}

const WORDS = {
  adapted: {
    title: "What adapting changes",
    caption: "Score of the adapted networks less that of the same networks as they are, over the same subjects.",
  },
};
