import type { Figure } from "../../plots/mod.ts";
import { Figures, type FigureWords, Section } from "../page/section.tsx";

const WORDS: Record<string, FigureWords> = {
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
  if (!Object.keys(WORDS).some((id) => id in figures)) return null;
  return (
    <Section id="curves" title="Thresholds and certainty" short="Thresholds">
      <Figures figures={figures} words={WORDS} />
      <p class="small muted">Drawn from the probabilities in predictions.csv.</p>
    </Section>
  );
}
