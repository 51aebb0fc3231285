/**
 * Hyper-parameter search: which setting is better, and by how much.
 *
 * @module
 */
export * from "./trial.ts";
export * from "./pruners/pruner.ts";
export * from "./pruners/median_pruner.ts";
export * from "./samplers/sampler.ts";
export * from "./samplers/random_sampler.ts";
export * from "./samplers/grid_sampler.ts";
export * from "./samplers/parzen_estimator.ts";
export * from "./samplers/tpe_sampler.ts";
export * from "./importances/ped_anova.ts";
export * from "./storage/study_storage.ts";
export * from "./storage/journal_storage.ts";
export * from "./storage/open_study.ts";
export * from "./closed_windows.ts";
export * from "./fixed_setting.ts";
export * from "./sweep_protocol.ts";
export * from "./trial_data.ts";
export * from "./trial_steps.ts";
export * from "./try_setting.ts";
export * from "./worker_life.ts";
export * from "./failures_in_a_row.ts";
export * from "./run_worker.ts";
export * from "./supervise_workers.ts";
export * from "./slurm/slurm_script.ts";
export * from "./slurm/slurm_jobs.ts";
export * from "./best_trial.ts";
export * from "./sweep_progress.ts";
export * from "./sweep_table.ts";
