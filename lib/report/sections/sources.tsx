import { ScoreScale } from "../page/score_scale.tsx";
import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";
import { scoreName } from "../../evaluation/score_names.ts";
import { Interval } from "./score_table.tsx";
import { isWorse, sourceFlags } from "../source_flags.ts";

/** The run's first score by sub-database, device or site, with a warning where one does worse. */
export function Sources({ view }: { view: ReportView }) {
  const rows = sourceFlags(view);
  if (rows.length < 2) return null;
  const [{ name }] = rows;
  const mean = view.metrics?.sourceMean[name];
  return (
    <section id="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">Source by source</h2>
      <p>
        {scoreName(name).name} for each source. {mean && mean.value !== null && (
          <>
            The mean over the sources is{" "}
            <Traced value={mean.value} file="metrics.json" at={`parts.${view.part}.sourceMean.${name}.value`} />
            {mean.floor !== null && (
              <>
                {" "}(floor{" "}
                <Traced value={mean.floor} file="metrics.json" at={`parts.${view.part}.sourceMean.${name}.floor`} />)
              </>
            )}. Where it lies well below the pooled figure, the pooled figure owes much to knowing the source.
          </>
        )}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Scores by source">
        <table>
          <thead>
            <tr>
              <th scope="col">source</th>
              <th scope="col" class="n">value</th>
              <th scope="col" class="n">interval</th>
              <th scope="col">scale 0 to 1</th>
              <th scope="col" class="n">count</th>
              <th scope="col">warning</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const { score, at, flag } = row;
              return (
                <tr key={row.source} class={isWorse(row) ? "flagged" : undefined}>
                  <th scope="row" class="whole">{view.listed(row.source)}</th>
                  <td class="n">
                    {score.value === null
                      ? "–"
                      : <Traced value={score.value} file="metrics.json" at={`${at}.value`} digits={3} />}
                  </td>
                  <td class="n">
                    <Interval score={score} at={at} />
                  </td>
                  <td class="wide">
                    <ScoreScale score={score} />
                  </td>
                  <td class="n">
                    <Traced value={score.n} file="metrics.json" at={`${at}.n`} />
                  </td>
                  <td class="small said">
                    {flag === null
                      ? score.reason && <Traced value={score.reason} file="metrics.json" at={`${at}.reason`} />
                      : FLAGS[flag]}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const FLAGS = {
  worse: "Its whole interval lies below the pooled value.",
  "below floor": "No better than its highest floor.",
};
