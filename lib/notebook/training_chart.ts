import { figureSvg, type LearningCurveRow, type LearningCurvesOptions, plotLearningCurves } from "../plots/mod.ts";
import type { Callback, StepEvent } from "../training/mod.ts";
import { pictureBundle } from "./display_bundle.ts";
import { liveDisplay } from "./live_display.ts";
import { escapeXml, loadSvgPng } from "../pictures/mod.ts";

interface ChartState {
  rows: LearningCurveRow[];
  step?: StepEvent;
  ended: boolean;
}

/** A callback for `fit` and `runExperiment` that draws the learning curves while they grow, in place. */
export async function trainingChart({ title = "Training", score }: LearningCurvesOptions = {}): Promise<Callback> {
  const svgPng = await loadSvgPng();
  const state: ChartState = { rows: [], ended: false };
  let fold = 0;
  const live = liveDisplay(({ rows, step, ended }: ChartState) => {
    const png = svgPng(figureSvg(plotLearningCurves(rows, { title, score }))).toBase64();
    const text = describe(rows, step, ended);
    return pictureBundle(png, { alt: "learning curves", below: `<p>${escapeXml(text)}</p>`, text });
  });
  return {
    onStep(step) {
      state.step = step;
      if (state.rows.length > 0) live.update(state);
    },
    onEpochEnd(history) {
      const others = state.rows.filter((row) => row.fold !== fold);
      state.rows = [...others, ...history.map((row) => ({ fold, seed: 0, ...row }))];
      live.update(state);
    },
    onTrainEnd() {
      fold++;
      state.ended = true;
      live.update(state);
      live.end();
    },
  };
}

function describe(rows: readonly LearningCurveRow[], step: StepEvent | undefined, ended: boolean): string {
  const best = rows.reduce((a, b) => b.validationScore > a.validationScore ? b : a, rows[0]);
  const bestText = best ? `best so far: ${best.validationScore.toFixed(3)} in epoch ${best.epoch}` : "no epoch is done";
  if (ended || !step) return `${rows.length} epochs; ${bestText}`;
  const { epoch, epochs, examples, examplesPerEpoch, samplesPerSecond } = step;
  return `epoch ${epoch} of ${epochs}, ${examples} of ${examplesPerEpoch} windows, ` +
    `${samplesPerSecond.toFixed(0)} windows a second; ${bestText}`;
}
