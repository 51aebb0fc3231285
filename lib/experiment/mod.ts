/**
 * The description of an experiment and the one function that runs it.
 *
 * @module
 */
// What an experiment is.
export { BASE, checkSpace, defineExperiment, resolveExperiment } from "./describe/define_experiment.ts";
export { type Experiment, type ExperimentDescription, experimentSchema } from "./describe/experiment_schema.ts";
export type { FrameTargets } from "./describe/targets.ts";
export { type Dimension, float, int, oneOf, type SearchSpace, when } from "./describe/search_space.ts";
export { setValues } from "./describe/set_values.ts";

// How it is run.
export { runExperiment, type RunExperimentOptions } from "./run_experiment.ts";
export { checkEvaluation } from "./prepare/check_evaluation.ts";
export { checkSettings } from "./prepare/check_settings.ts";
export { prepareData, type PreparedData } from "./prepare/prepare_data.ts";
export { extractFeatures } from "./prepare/extract_features.ts";
export { type LabelledWindows, labelledWindows } from "./prepare/labelled_windows.ts";
export { fitFold } from "./train/fit_fold.ts";
export { pinnedInitial } from "./train/open_beginning.ts";
export { trainingToTry } from "./train/engine_in_use.ts";

// What becomes of a run, and of predictions that were made elsewhere.
export { evaluateBundle, type EvaluateBundleOptions } from "./external/evaluate_bundle.ts";
export { itemEmbeddings } from "./external/item_embeddings.ts";
export { datasetSource, folderSource, type ListeningSource, runSource } from "./external/listening_source.ts";
export { importPredictions, type ImportPredictionsOptions } from "./imported/import_predictions.ts";
export { joinRuns } from "./joined/join_runs.ts";
export { writePipeline } from "./judge/bundle_run.ts";
