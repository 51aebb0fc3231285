/**
 * Seeded changes of training windows that leave their class as it is, or mix classes by known shares: what an
 * experiment's `training.augment` names.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { augmentation, gain } from "./mod.ts";
 * expect(augmentation.parse("gain")).toEqual({ kind: "gain", probability: 1, range: 6 });
 * expect(gain({ range: 3 })).toEqual({ kind: "gain", range: 3 });
 * ```
 *
 * @module
 */
export * from "./augment.ts";
export * from "./built_in.ts";
export * from "./define_augmentation.ts";
