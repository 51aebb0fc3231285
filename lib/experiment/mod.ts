/**
 * The description of an experiment and the one function that runs it.
 *
 * @module
 */
export * from "./check_evaluation.ts";
export * from "./check_space.ts";
export * from "./define_experiment.ts";
export * from "./evaluate_bundle.ts";
export * from "./experiment_schema.ts";
export * from "./extract_features.ts";
export * from "./fit_fold.ts";
export * from "./labelled_windows.ts";
export * from "./prepare_data.ts";
export * from "./run_experiment.ts";
export * from "./search_space.ts";
export * from "./set_values.ts";
export * from "./write_pipeline.ts";
