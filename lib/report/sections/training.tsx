import type { Figure } from "../../plots/mod.ts";
import { Plot } from "../page/plot.tsx";
import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

/** How the training went. */
export function Training({ view, figure }: { view: ReportView; figure: Figure | undefined }) {
  const { history } = view.run;
  if (!history || history.length === 0 || !figure) return null;
  const seconds = history.reduce((sum, row) => sum + row.seconds, 0);
  const speed = history.map((row) => row.samplesPerSecond).toSorted((a, b) => a - b)[history.length >> 1];
  return (
    <section id="training" aria-labelledby="training-title">
      <h2 id="training-title">Training</h2>
      <p>
        <Traced value={history.length} file="history.csv" at="rows" /> epochs took{" "}
        <Traced value={(seconds / 60).toFixed(1)} file="history.csv" at="sum of seconds" /> minutes, at{" "}
        <Traced value={Math.round(speed)} file="history.csv" at="median of samplesPerSecond" /> samples a second.
      </p>
      <Plot
        id="learning-curves"
        figure={figure}
        title="Learning curves"
        caption="Thin lines are single trainings. A validation loss that rises while the training loss falls is learning by heart."
      />
      <OneEpoch history={history} />
    </section>
  );
}

/** The values of one epoch by training; the page's script fills it. */
function OneEpoch({ history }: { history: NonNullable<ReportView["run"]["history"]> }) {
  const last = Math.max(...history.map(({ epoch }) => epoch));
  const rows = history.map(({ fold, seed, epoch, loss, validationLoss, validationScore }) => (
    { fold, seed, epoch, loss, validationLoss, validationScore }
  ));
  return (
    <details class="asked">
      <summary>One epoch in figures</summary>
      <p>
        <label>
          Epoch <input type="range" id="epoch" min="1" max={last} value={last} autocomplete="off" /> <output />
        </label>{" "}
        <span class="small muted">or point at the curves; a training that has stopped before has no row</span>
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Values of one epoch">
        <table id="epoch-table">
          <thead>
            <tr>
              <th scope="col">training</th>
              <th scope="col" class="n">training loss</th>
              <th scope="col" class="n">validation loss</th>
              <th scope="col" class="n">validation score</th>
            </tr>
          </thead>
          <tbody />
        </table>
      </div>
      <script type="application/json" id="epoch-rows" dangerouslySetInnerHTML={{ __html: JSON.stringify(rows) }} />
    </details>
  );
}
