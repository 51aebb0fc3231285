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
    </section>
  );
}
