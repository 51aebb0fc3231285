import { scoreName } from "../../scores/mod.ts";
import { numbers, Row, SCALE, signed, Table, tracer, withEnds } from "../page/table.tsx";
import { Section } from "../page/section.tsx";
import type { ReportView } from "../report_view.ts";
import { sourceFlags } from "../source_flags.ts";
import { scoreCells } from "./score_table.tsx";
import { type GroupRow, groupRows } from "../group_rows.ts";

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

const traced = tracer("metrics.json");

/** The run's first score by age band, sex, site and device, with a warning where a group does worse than all others. */
export function Groups({ view }: { view: ReportView }) {
  const rows = groupRows(view);
  if (rows.length === 0) return null;
  const attributes = [...Map.groupBy(rows, ({ attribute }) => attribute)];
  return (
    <Section id="groups" title="Group by group" short="Groups">
      <p>
        {scoreName(rows[0].name, rows[0].score).name} of the patients and recordings whose{" "}
        {attributes.map(([attribute]) => attribute).join(" or ")}{" "}
        is known. Each group is held against all others: a group is flagged where the whole interval of the difference
        lies on the worse side. Of the {traced(rows.length, `parts.${view.part}.groups`)}{" "}
        comparisons, about one in forty would be flagged by chance alone.
      </p>
      {attributes.map(([attribute, own]) => (
        <Table
          key={attribute}
          label={`Scores by ${attribute}`}
          caption={`By ${attribute}`}
          head={[
            [attribute, "whole"],
            ...numbers("subjects", "count", "value", "interval"),
            SCALE,
            ...numbers("less all others"),
            ["warning", "small said"],
          ]}
        >
          {own.map((row) => <GroupScore key={row.group} row={row} />)}
        </Table>
      ))}
    </Section>
  );
}

function GroupScore({ row: { group, subjects, name, score, difference, at } }: { row: GroupRow }) {
  const own = `${at}.scores.${name}`;
  return (
    <Row kind={difference?.worse ? "flagged" : undefined}>
      {traced(group, `${at}.group`)}
      {traced(subjects, `${at}.subjects`)}
      {traced(score.n, `${own}.n`)}
      {scoreCells({ score, at: own })}
      {difference ? withEnds(difference, { traced, at: `${at}.differences.${name}.`, shown: signed }) : "–"}
      {difference?.worse
        ? "It does worse here than on all others."
        : score.reason && traced(score.reason, `${own}.reason`)}
    </Row>
  );
}
