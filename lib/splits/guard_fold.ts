import { LeakError } from "../errors/mod.ts";
import type { Fold, Side } from "./fold.ts";

/** Says which rows the present step may see. */
export interface GuardedFold {
  /**
   * Row indices of one side.
   *
   * @throws {LeakError} for the test part while fitting, and for anything else afterwards.
   */
  rows(side: Side): Int32Array;
  /** Ends fitting and choosing: from now on there is the test part only, and no way back. */
  judge(): void;
}

/**
 * A fold that hands out its train and validation rows while a model, a temperature or a threshold is fitted, and its test
 * rows only after all choices are made.
 *
 * @example The test part stays closed while fitting
 * ```ts
 * import { expect } from "expect";
 * const sides = { train: Int32Array.of(0, 1), validation: Int32Array.of(2), test: Int32Array.of(3) };
 * const fold = guardFold({ fold: 0, seed: 0, shared: [], ...sides });
 * expect(() => fold.rows("test")).toThrow("closed while fitting");
 * fold.judge();
 * expect([...fold.rows("test")]).toEqual([3]);
 * ```
 */
export function guardFold(fold: Fold): GuardedFold {
  let judging = false;
  return {
    rows(side) {
      if ((side === "test") === judging) return fold[side].slice();
      const [expected, remedy] = judging
        ? ["no more fitting after the test part was opened", "fit before judge()"]
        : ["the test part to stay closed while fitting", "make all choices on the validation part, then call judge()"];
      const found = `a step that asks for the ${side} part`, where = `fold ${fold.name ?? fold.fold}`;
      throw new LeakError({ expected, found, where, remedy });
    },
    judge() {
      judging = true;
    },
  };
}
