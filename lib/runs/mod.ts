/**
 * The run folder: the one place where an experiment keeps what it did, and from which every page is made.
 *
 * | file | schema |
 * | --- | --- |
 * | `config.json` | {@linkcode runConfig} |
 * | `environment.json` | {@linkcode runEnvironment} |
 * | `data.json` | {@linkcode runData} |
 * | `status.json` | {@linkcode runStatus} |
 * | `splits.json` | subject lists of every fold and part (`lib/splits`) |
 * | `sounds.csv` | {@linkcode formatSounds} |
 * | `history.csv` | {@linkcode HistoryRow} |
 * | `predictions.csv` | {@linkcode formatPredictions} |
 * | `groups.csv` | {@linkcode formatGroups} |
 * | `metrics.json` | {@linkcode metricsFile}, as `Metrics` (`lib/evaluation`) |
 * | `examples/` | {@linkcode runExamples} with a WAV and an NPY file each |
 * | `model/` | the bundle (`lib/predict`) |
 * | `figures/*.json`, `report.html`, `model_card.md` | written from the files above (`lib/report`) |
 *
 * @module
 */
export * from "./run_schemas.ts";
export * from "./run.ts";
export * from "./create_run.ts";
export * from "./open_run.ts";
export * from "./groups_file.ts";
export * from "./list_runs.ts";
export * from "./predictions_file.ts";
export * from "./sounds_file.ts";
export * from "./metrics_schemas.ts";
export * from "./bundle/bundle_schema.ts";
export * from "./bundle/bundle_worth.ts";
export * from "./bundle/save_model.ts";
export * from "./bundle/check_logits.ts";
export * from "./bundle/check_network.ts";
export * from "./bundle/known_sounds.ts";
export * from "./bundle/network_files.ts";
export * from "./bundle/open_bundle.ts";
export * from "./bundle/read_bundle.ts";
export * from "./bundle/seal_bundle.ts";
