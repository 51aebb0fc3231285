import { scoreName, usualScores } from "../../scores/mod.ts";
import { type Figure, plotDifferences } from "../../plots/mod.ts";
import type { Adaptation, RunAdapted } from "../../runs/mod.ts";
import { Figures } from "../page/plot.tsx";
import { Section } from "../page/section.tsx";
import { numbers, Table } from "../page/table.tsx";
import { tracer, withEnds } from "../page/traced.tsx";

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
export function adaptedFigure({ ways }: RunAdapted, wanted: readonly string[]): Figure {
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
export function Adapted({ adapted: { ways }, figures, wanted }: AdaptedProps) {
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
