import type { Figure } from "../../plots/mod.ts";
import { Plot } from "../page/plot.tsx";

const CAPTIONS: Record<string, { title: string; caption: string }> = {
  roc: { title: "ROC", caption: "How much sensitivity costs in false alarms, at every threshold." },
  "precision-recall": {
    title: "Precision and recall",
    caption: "How many of the alarms are right, by how much is found. Dotted: guessing.",
  },
  calibration: {
    title: "Calibration",
    caption: "Is 80 % right in 80 of 100 cases? Points on the dotted line are.",
  },
  "risk-coverage": {
    title: "Errors among the surest",
    caption: "What is gained by leaving the doubtful cases to a person.",
  },
};

/** Curves over all thresholds, drawn from `predictions.csv`. */
export function Curves({ figures }: { figures: Record<string, Figure> }) {
  const shown = Object.keys(CAPTIONS).filter((id) => figures[id]);
  if (shown.length === 0) return null;
  return (
    <section id="curves" aria-labelledby="curves-title">
      <h2 id="curves-title">Thresholds and certainty</h2>
      <div class="figures">
        {shown.map((id) => <Plot key={id} id={id} figure={figures[id]} {...CAPTIONS[id]} />)}
      </div>
      <p class="small muted">Drawn from the probabilities in predictions.csv.</p>
    </section>
  );
}
