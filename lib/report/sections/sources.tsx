import { scoreName } from "../../scores/mod.ts";
import { Section } from "../page/section.tsx";
import { numbers, Row, SCALE, Table } from "../page/table.tsx";
import { tracer } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";
import { sourceFlags } from "../source_flags.ts";
import { scoreCells } from "./score_table.tsx";

/** The run's first score by sub-database, device or site, with a warning where one does worse. */
export function Sources({ view }: { view: ReportView }) {
  const rows = sourceFlags(view);
  if (rows.length < 2) return null;
  const [{ name }] = rows;
  const mean = view.metrics?.sourceMean[name];
  const traced = tracer("metrics.json");
  const ofMean = tracer("metrics.json", `parts.${view.part}.sourceMean.${name}.`);
  return (
    <Section id="sources" title="Source by source" short="Sources">
      <p>
        {scoreName(name, rows[0].score).name} for each source. {mean && mean.value !== null && (
          <>
            The mean over the sources is {ofMean(mean.value, "value")}
            {mean.floor !== null && <>{" "}(floor {ofMean(mean.floor, "floor")})</>}. Where it lies well below the
            pooled figure, the pooled figure owes much to knowing the source.
          </>
        )}
        {view.run.places && (
          <>
            {" "}
            <a href="places.html">Place by place</a>: what carried over to each, and what failed.
          </>
        )}
      </p>
      <Table
        label="Scores by source"
        head={[
          ["source", "whole"],
          ...numbers("value", "interval"),
          SCALE,
          ...numbers("count"),
          ["warning", "small said"],
        ]}
      >
        {rows.map(({ source, score, at, flag }) => (
          <Row key={source} kind={flag === null ? undefined : "flagged"}>
            {view.listed(source)}
            {scoreCells({ score, at })}
            {traced(score.n, `${at}.n`)}
            {flag === null ? score.reason && traced(score.reason, `${at}.reason`) : FLAGS[flag]}
          </Row>
        ))}
      </Table>
    </Section>
  );
}

const FLAGS = {
  worse: "Its whole interval lies below the pooled value.",
  "below floor": "No better than its highest floor.",
};
