/**
 * Auscult's front door: the names of a first hour, to hear, train, judge and show. Each room has a door of its own with
 * the rest, as `@auscult/auscult/features`; TensorFlow.js, for networks of one's own, is `@auscult/auscult/tf`.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { logMel, presets } from "@auscult/auscult";
 * expect(logMel(new Float32Array(4000).fill(0.1), presets.respirenet).frames).toBe(32);
 * ```
 *
 * @module
 */
export { z } from "zod";

export { readRecording, signalQuality } from "./audio/mod.ts";
export { defineInput, inputShape, logMel, mfcc, presets } from "./features/mod.ts";
export { datasets, defineDataset, generateSynthetic, loadDataset } from "./datasets/mod.ts";
export { planFolds } from "./splits/mod.ts";

export { buildModel, defineModel } from "./models/mod.ts";
export { defineLayer, defineLoss } from "./engines/mod.ts";
export { defineAugmentation, defineCallback, defineSampler } from "./training/mod.ts";
export { defineExperiment, float, int, oneOf, resolveExperiment, runExperiment } from "./experiment/mod.ts";
export { defineScore } from "./scores/mod.ts";
export { evaluatePredictions } from "./evaluation/mod.ts";
export { openBundle, openRun } from "./runs/mod.ts";
export { loadBundle, predictFiles, predictSound } from "./predict/mod.ts";

export {
  plotCalibration,
  plotConfusion,
  plotLearningCurves,
  plotPrecisionRecall,
  plotRoc,
  plotScores,
  plotWaveform,
} from "./plots/mod.ts";
export { interruptSignal } from "@auscult/jupyter-kernel/signal";
export { showAudio } from "./notebook/show_audio.ts";
export { showPlot } from "./notebook/show_plot.ts";
export { showRun } from "./notebook/show_run.ts";
export { showSpectrogram } from "./notebook/show_spectrogram.ts";
export { showSweep } from "./notebook/show_sweep.ts";
export { showTable } from "./notebook/show_table.ts";
export { toDataFrame } from "./notebook/to_data_frame.ts";
export { trainingChart } from "./notebook/training_chart.ts";
