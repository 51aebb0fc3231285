/**
 * The description of an experiment and the one function that runs it.
 *
 * @module
 */
export * from "./prepare/check_evaluation.ts";
export * from "./prepare/check_settings.ts";
export * from "./describe/check_space.ts";
export * from "./describe/define_experiment.ts";
export * from "./external/evaluate_bundle.ts";
export * from "./external/item_embeddings.ts";
export * from "./external/listening_source.ts";
export * from "./describe/experiment_schema.ts";
export * from "./describe/frame_targets.ts";
export * from "./describe/recording_targets.ts";
export * from "./prepare/extract_features.ts";
export * from "./train/fit_fold.ts";
export * from "./train/open_beginning.ts";
export { joinRuns, type JoinRunsOptions } from "./joined/join_runs.ts";
export { importPredictions, type ImportPredictionsOptions } from "./imported/import_predictions.ts";
export * from "./train/training_to_try.ts";
export * from "./prepare/labelled_windows.ts";
export * from "./prepare/prepare_data.ts";
export * from "./run_experiment.ts";
export * from "./describe/search_space.ts";
export * from "./describe/set_values.ts";
export * from "./judge/write_pipeline.ts";
