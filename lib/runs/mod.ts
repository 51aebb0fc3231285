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
export { addNote, type NotesSummary, type RunNotes, summariseNotes } from "./add_note.ts";
export { answersByFrame, BY_FRAME, framesAlone } from "./answers_by_frame.ts";
export { createRun, type HeldRun, holdRun, latestRun, listRuns, openFinishedRun, openRun } from "./open_run.ts";
export { type Run, runIn } from "./run.ts";

// What their files hold.
export { beginningWords, type RunBeginning } from "./beginning_file.ts";
export { ranExperiment, reference, referenceKinds, runConfig } from "./config_file.ts";
export type { NewRunConfig, Reference, RunConfig, RunEnvironment } from "./config_file.ts";
export { labelWords, type RunData, runData } from "./data_file.ts";
export { changeWords, engineWords, type RunStatus, runStatus } from "./status_file.ts";
export type { FoldEpoch, HeardLabel, RecordingGroups, SoundHash } from "./csv_files.ts";
export { type JudgedPredictions, predictionRows } from "./predictions_file.ts";
export { type JudgedUnits, judgedUnits, unitOfRun } from "./judged_units.ts";
export { scoreRows } from "./score_rows.ts";
export type { Adaptation, FrameReadings, RunAdapted, RunExamples, RunFrames, RunPlaces } from "./judged_files.ts";
export { runExamples } from "./judged_files.ts";

// The model bundle.
export { answerByFrame, type FrameAnswer } from "./bundle/answer_by_frame.ts";
export type { Bundle, BundleMember, BundleWorth } from "./bundle/bundle_schema.ts";
export { isKnownSound, knownSoundHashes } from "./bundle/known_sounds.ts";
export { type BundleNetwork, type OpenBundle, openBundle } from "./bundle/open_bundle.ts";
export { openBundleApart } from "./bundle/open_bundle_apart.ts";
export { type ReadBundle, readBundle, sealBundle } from "./bundle/read_bundle.ts";
export { loadModel, readNetworkFiles, saveModel } from "./bundle/save_model.ts";
