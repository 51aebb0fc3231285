/**
 * Hyper-parameter search: which setting is better, and by how much.
 *
 * @module
 */

// Trials, and where they are kept.
export { bestTrial, type Direction, lastStep, type ParamValue, type Trial } from "./trial.ts";
export type { StoredTrial, StudyDescription, StudyStorage } from "./storage/study_storage.ts";
export { openJournalStorage } from "./storage/journal_storage.ts";
export { openStudy } from "./storage/open_study.ts";

// What is tried next, and what is stopped early.
export { randomSampler, type Sampler } from "./samplers/sampler.ts";
export { gridLeft, gridOf, gridSampler } from "./samplers/grid_sampler.ts";
export { tpeSampler } from "./samplers/tpe_sampler.ts";
export { medianPruner } from "./pruners/median_pruner.ts";

// A setting of an experiment, tried with the test part closed.
export { checkSetting, ownSetting, valueAtKey } from "./fixed_setting.ts";
export { sweepProtocol, trialFolds, trialSteps } from "./sweep_protocol.ts";
export { type TrialData, trialData } from "./trial_data.ts";
export { settingAssignments, trySetting } from "./try_setting.ts";

// Who works on it.
export { beginLife } from "./worker_life.ts";
export { runWorker, type RunWorkerOptions } from "./run_worker.ts";
export { superviseWorkers } from "./supervise_workers.ts";
export { cancelSlurm, slurmScript, slurmTasks, submitSlurm } from "./slurm/slurm_jobs.ts";

// What came out.
export { pedAnova } from "./importances/ped_anova.ts";
export { progressLine, sweepProgress, sweepTable } from "./sweep_table.ts";
