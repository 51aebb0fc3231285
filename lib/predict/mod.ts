/**
 * A trained bundle applied to new recordings, with refusal of those that no answer could be trusted for.
 *
 * `predictSound` and what it needs run in the browser as well; `loadBundle`, `predictFiles` and `findSounds` read files.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { predictSound } from "./mod.ts";
 * const bundle = {
 *   version: 1 as const, name: "demo", title: "", dataset: "synthetic", task: "murmur-2", classes: ["healthy", "murmur"],
 *   input: { preset: "pcg" as const, seconds: 2, padding: "zero" as const }, frames: 201, bands: 32, channels: 1, members: [], decision: {},
 *   trainedOn: {},
 * };
 * const { verdict, reasons } = await predictSound({ bundle, networks: [] }, new Float32Array(8000), { sampleRate: 2000 });
 * expect([verdict, reasons[0]]).toEqual(["refused", "it is silent"]);
 * ```
 *
 * @module
 */
export * from "./compare_sound.ts";
export * from "./find_sounds.ts";
export * from "./insight_card.ts";
export * from "./judged_source.ts";
export * from "./load_bundle.ts";
export * from "./model_worth.ts";
export * from "./predict_file.ts";
export * from "./predict_files.ts";
export * from "./predict_sound.ts";
export * from "./prediction_row.ts";
export * from "./predictor.ts";
export * from "./read_about.ts";
export * from "./join_subjects.ts";
export * from "./sound_meaning.ts";
export * from "./sound_prediction.ts";
