import { Section } from "../page/section.tsx";
import { tracer } from "../page/table.tsx";
import type { ReportView } from "../report_view.ts";

/** What was taken for what. A table, so that every cell can be read, traced and printed. */
export function Confusion({ view: { metrics, part, partName } }: { view: ReportView }) {
  if (!metrics) return null;
  const { classes, counts } = metrics.confusion;
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const traced = tracer("metrics.json", `parts.${part}.confusion.counts`);
  return (
    <Section id="confusion" title="What was taken for what" short="Confusion">
      <div class="scroll confusion" tabIndex={0} role="region" aria-label="Confusion matrix">
        <table>
          <caption>
            Rows: the true class. Columns: what the model said. Shade and percent: share of the row.{" "}
            {partName(part)}, first seed.
          </caption>
          <thead>
            <tr>
              <td />
              {classes.map((name) => <th scope="col" key={name}>{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {classes.map((label, t) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {counts[t].map((count, p) => {
                  const share = totals[t] === 0 ? 0 : count / totals[t];
                  return (
                    <td key={p} class={t === p ? "right" : undefined} style={{ "--share": (0.55 * share).toFixed(3) }}>
                      {traced(count, `[${t}][${p}]`)}
                      <small>{traced(percent(share), `[${t}]: share of ${totals[t]}`)}</small>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;
}
