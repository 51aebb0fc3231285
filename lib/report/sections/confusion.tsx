import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

/** What was taken for what. A table, so that every cell can be read, traced and printed. */
export function Confusion({ view: { metrics, part, partName } }: { view: ReportView }) {
  if (!metrics) return null;
  const { classes, counts } = metrics.confusion;
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  return (
    <section id="confusion" aria-labelledby="confusion-title">
      <h2 id="confusion-title">What was taken for what</h2>
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
                  const at = `parts.${part}.confusion.counts[${t}]`;
                  const share = totals[t] === 0 ? 0 : count / totals[t];
                  return (
                    <td key={p} class={t === p ? "right" : undefined} style={{ "--share": (0.55 * share).toFixed(3) }}>
                      <Traced value={count} file="metrics.json" at={`${at}[${p}]`} />
                      <small>
                        <Traced value={percent(share)} file="metrics.json" at={`${at}: share of ${totals[t]}`} />
                      </small>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;
}
