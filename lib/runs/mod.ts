/**
 * The run folder: the one place where an experiment keeps what it did, and from which every page is made.
 * {@linkcode runContents} has its files, each with how it is written and read: `await run.metrics()`,
 * `await run.save("metrics", metrics)`. Beside them lie
 *
 * | files | written by |
 * | --- | --- |
 * | `examples/*.wav`, `*.npy` | the experiment, as `examples.json` lists them |
 * | `frames/metrics.json` | an experiment by frame that judges items: what its frames are worth |
 * | `model/` | {@linkcode saveModel}, {@linkcode sealBundle}: what a model is passed on as |
 * | `evaluations/<set>/` | `evaluate`: predictions, data and metrics of other data |
 * | `figures/*.json`, `report.html`, `model_card.md` | `lib/report`, from the files above |
 *
 * @module
 */

// Run folders.
export { addNote } from "./add_note.ts";
export { createRun } from "./create_run.ts";
export { type HeldRun, holdRun } from "./hold_run.ts";
export { listRuns } from "./list_runs.ts";
export { answersByFrame, BY_FRAME, framesAlone } from "./answers_by_frame.ts";
export { latestRun, openFinishedRun, openRun } from "./open_run.ts";
export { type Run, runIn } from "./run.ts";

// What their files hold.
export { beginningWords, type RunBeginning } from "./beginning_file.ts";
export { type NewRunConfig, type RunConfig, runConfig } from "./config_file.ts";
export { labelWords, type RunData, runData } from "./data_file.ts";
export type { RunEnvironment } from "./environment_file.ts";
export { type RunExamples, runExamples } from "./examples_file.ts";
export { ranExperiment } from "./ran_experiment.ts";
export { type Reference, reference, referenceKinds } from "./reference.ts";
export { changeWords, engineWords, type RunStatus, runStatus } from "./status_file.ts";
export { type NotesSummary, type RunNotes, summariseNotes } from "./run_notes.ts";
export type { FoldEpoch } from "./history_file.ts";
export { type JudgedPredictions, predictionRows } from "./predictions_file.ts";
export { type JudgedUnits, judgedUnits, unitOfRun } from "./judged_units.ts";
export { scoreRows } from "./score_rows.ts";
export type { FrameReadings, RunFrames } from "./frames_file.ts";
export { type Adaptation, ADAPTATIONS, type RunAdapted } from "./adapted_file.ts";
export type { RunPlaces } from "./places_file.ts";
export type { RecordingGroups } from "./groups_file.ts";
export type { HeardLabel } from "./labels_file.ts";
export type { SoundHash } from "./sounds_file.ts";

// The model bundle.
export { answerByFrame, type FrameAnswer } from "./bundle/answer_by_frame.ts";
export type { Bundle, BundleMember } from "./bundle/bundle_schema.ts";
export type { BundleWorth } from "./bundle/bundle_worth.ts";
export { isKnownSound, knownSoundHashes } from "./bundle/known_sounds.ts";
export { readNetworkFiles } from "./bundle/network_files.ts";
export { type BundleNetwork, type OpenBundle, openBundle } from "./bundle/open_bundle.ts";
export { openBundleApart } from "./bundle/open_bundle_apart.ts";
export { type ReadBundle, readBundle } from "./bundle/read_bundle.ts";
export { loadModel, saveModel } from "./bundle/save_model.ts";
export { sealBundle } from "./bundle/seal_bundle.ts";
