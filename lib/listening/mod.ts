/**
 * What to listen to next and why, what listeners said of it, and what came of that.
 *
 * @example The sounds whose labels networks believe least
 * ```ts
 * import { expect } from "expect";
 * import { listeningTable, makeQueue } from "./mod.ts";
 * const sound = { subject: "", source: "", start: 0, end: 5 };
 * const said = { ...sound, fold: 0, seed: 0, part: "test", predicted: "Normal" };
 * const table = listeningTable({
 *   classes: ["Normal", "Murmur"],
 *   predictions: [
 *     { ...said, recording: "1.wav", label: "Normal", probabilities: [0.8, 0.2] },
 *     { ...said, recording: "2.wav", label: "Murmur", probabilities: [0.97, 0.03] },
 *   ],
 * });
 * const [first] = makeQueue("wrong-labels", table, { n: 60, seed: 0 });
 * expect([first.recording, first.reason]).toEqual([
 *   "2.wav",
 *   "Called Murmur, to which the networks give 3 %, and 97 % to Normal.",
 * ]);
 * ```
 *
 * @module
 */

// What to listen to.
export { itemKey } from "./item_key.ts";
export { type ListeningItem, type ListeningTable, listeningTable } from "./listening_table.ts";
export * from "./queue.ts";

// What was said of it.
export * from "./verdicts.ts";
export { appendVerdict } from "./append_verdict.ts";
export { takeLabels, writeLabels } from "./take_labels.ts";
export { currentVerdicts, mergeVerdicts, type SameName } from "./merge_verdicts.ts";

// What listeners agree on.
export { type Agreement, agreement, type AgreementOptions, type Estimate } from "./agreement/agreement.ts";
export { fleissKappa, krippendorffAlpha } from "./agreement/ratings.ts";

// What listening gave.
export { type ThresholdWorth, type WhatItGave, whatItGave } from "./worth/what_it_gave.ts";
export { compareTrainings, type LabelledRun, type TrainingComparison } from "./worth/compare_trainings.ts";
