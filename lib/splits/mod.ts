/**
 * Who is trained on, who is chosen by, and who is judged: folds that never divide a subject, and the guard that checks it.
 *
 * @example Five folds by subject
 * ```ts
 * import { expect } from "expect";
 * import { assertNoLeak, planFolds } from "./mod.ts";
 * const rows = Array.from({ length: 60 }, (_, i) => ({
 *   recording: `${i}.wav`, subject: `patient ${i % 20}`, start: 0, end: 1, label: i % 2 ? "Wheeze" : "Normal",
 *   source: "", part: "train", attributes: {},
 * }));
 * const folds = planFolds(rows, { kind: "grouped-folds", folds: 5 }, { seed: 0 });
 * for (const fold of folds) assertNoLeak(rows, fold);
 * expect(folds.map((fold) => fold.test.length)).toEqual([12, 12, 12, 12, 12]);
 * ```
 *
 * @module
 */
export * from "./assert_no_leak.ts";
export * from "./fold.ts";
export * from "./fold_warnings.ts";
export * from "./guard_fold.ts";
export * from "./fitting_protocol.ts";
export * from "./plan_folds.ts";
export * from "./protocol.ts";
export * from "./share_of_subjects.ts";
export * from "./row_groups.ts";
