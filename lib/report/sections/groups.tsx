import { type GroupRow, groupRows } from "../group_rows.ts";
import { ScoreScale } from "../page/score_scale.tsx";
import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";
import { scoreName } from "../../evaluation/score_names.ts";
import { Interval } from "./score_table.tsx";

/** The run's first score by age band, sex, site and device, with a warning where a group does worse than all others. */
export function Groups({ view }: { view: ReportView }) {
  const rows = groupRows(view);
  if (rows.length === 0) return null;
  const [{ name }] = rows;
  const attributes = [...Map.groupBy(rows, ({ attribute }) => attribute)];
  return (
    <section id="groups" aria-labelledby="groups-title">
      <h2 id="groups-title">Group by group</h2>
      <p>
        {scoreName(name).name} of the patients and recordings whose {attributes.map(([attribute]) => attribute).join(
          " or ",
        )}{" "}
        is known. Each group is held against all others: a group is flagged where the whole interval of the difference
        lies on the worse side. Of the{" "}
        <Traced value={rows.length} file="metrics.json" at={`parts.${view.part}.groups`} />{" "}
        comparisons, about one in forty would be flagged by chance alone.
      </p>
      {attributes.map(([attribute, own]) => <GroupTable key={attribute} attribute={attribute} rows={own} />)}
    </section>
  );
}

function GroupTable({ attribute, rows }: { attribute: string; rows: GroupRow[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Scores by ${attribute}`}>
      <table>
        <caption>By {attribute}</caption>
        <thead>
          <tr>
            <th scope="col">{attribute}</th>
            <th scope="col" class="n">subjects</th>
            <th scope="col" class="n">count</th>
            <th scope="col" class="n">value</th>
            <th scope="col" class="n">interval</th>
            <th scope="col">scale 0 to 1</th>
            <th scope="col" class="n">less all others</th>
            <th scope="col">warning</th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={row.group} row={row} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ row: { group, subjects, name, score, difference, at } }: { row: GroupRow }) {
  const own = `${at}.scores.${name}`, apart = `${at}.differences.${name}`;
  const signed = (value: number) => `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(3)}`;
  return (
    <tr class={difference?.worse ? "flagged" : undefined}>
      <th scope="row" class="whole">
        <Traced value={group} file="metrics.json" at={`${at}.group`} />
      </th>
      <td class="n">
        <Traced value={subjects} file="metrics.json" at={`${at}.subjects`} />
      </td>
      <td class="n">
        <Traced value={score.n} file="metrics.json" at={`${own}.n`} />
      </td>
      <td class="n">
        {score.value === null ? "–" : <Traced value={score.value} file="metrics.json" at={`${own}.value`} digits={3} />}
      </td>
      <td class="n">
        <Interval score={score} at={own} />
      </td>
      <td class="wide">
        <ScoreScale score={score} />
      </td>
      <td class="n">
        {difference === null ? "–" : (
          <>
            <Traced value={signed(difference.value)} file="metrics.json" at={`${apart}.value`} />
            {difference.low !== null && difference.high !== null && (
              <>
                {" ("}
                <Traced value={signed(difference.low)} file="metrics.json" at={`${apart}.low`} /> to{" "}
                <Traced value={signed(difference.high)} file="metrics.json" at={`${apart}.high`} />)
              </>
            )}
          </>
        )}
      </td>
      <td class="small said">
        {difference?.worse
          ? "It does worse here than on all others."
          : score.reason && <Traced value={score.reason} file="metrics.json" at={`${own}.reason`} />}
      </td>
    </tr>
  );
}
