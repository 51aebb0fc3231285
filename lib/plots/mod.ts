/**
 * Figures as values: `(data, options)` to a plotly figure, plain JSON, the same in a report and in a notebook.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { plotWaveform } from "./mod.ts";
 * const figure = plotWaveform(new Float32Array(4000), { sampleRate: 4000, title: "One second of silence" });
 * expect(figure.layout.xaxis?.range).toEqual([0, 1]);
 * ```
 *
 * @module
 */
export { type PredictionFigureOptions } from "./class_curves.ts";
export * from "./escape_markup.ts";
export * from "./figure.ts";
export * from "./plot_calibration.ts";
export * from "./plot_confusion.ts";
export * from "./plot_differences.ts";
export * from "./plot_interval_curve.ts";
export * from "./plot_learning_curves.ts";
export * from "./plot_precision_recall.ts";
export * from "./plot_risk_coverage.ts";
export * from "./plot_roc.ts";
export * from "./plot_scores.ts";
export * from "./plot_waveform.ts";
export { PAPER, plotTemplate, SERIES } from "./template.ts";
export * from "./sweep/plot_contour.ts";
export * from "./sweep/plot_importances.ts";
export * from "./sweep/plot_parallel.ts";
export * from "./sweep/plot_slice.ts";
export * from "./sweep/plot_timeline.ts";
export * from "./sweep/plot_trial_curves.ts";
export * from "./sweep/plot_trials.ts";
export {
  bestFirst,
  type NamedDimension,
  settingText,
  shareAlong,
  type SweepPlotOptions,
  type ValuedTrial,
} from "./sweep/sweep_plot.ts";
export { figureSvg } from "./svg/figure_svg.ts";
export { roundValues } from "./svg/round_values.ts";
