import { expect } from "expect";
import { sessionOptions, type TrainingOptions, trainingOptions } from "./training_options.ts";

const lossOf = (options: TrainingOptions) => sessionOptions(options, { seed: 0 }).loss;

Deno.test("sessionOptions() gives each loss its options, by its name alone too", () => {
  expect(lossOf({})).toEqual({ kind: "categorical-cross-entropy" });
  expect(lossOf({ loss: "binary-cross-entropy" })).toEqual({ kind: "binary-cross-entropy" });
  expect(lossOf({ loss: { kind: "focal" } })).toEqual({ kind: "focal", gamma: 2 });
});

Deno.test("trainingOptions refuses a loss that nobody has defined, and options that a loss doesn't take", () => {
  for (const loss of ["hinge", { kind: "focal", alpha: 2 }]) {
    expect(trainingOptions.safeParse({ loss }).success).toBe(false);
  }
});
