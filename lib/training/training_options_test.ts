import { expect } from "expect";
import { sessionOptions, type TrainingOptions, trainingOptions } from "./training_options.ts";

const lossOf = (options: TrainingOptions) => sessionOptions(options, { seed: 0 }).loss;

Deno.test("sessionOptions() gives each loss what it takes, with the label smoothing where there is one", () => {
  expect(lossOf({})).toEqual({ kind: "categorical-cross-entropy", labelSmoothing: 0 });
  expect(lossOf({ loss: "binary-cross-entropy", labelSmoothing: 0.1 })).toEqual({
    kind: "binary-cross-entropy",
    labelSmoothing: 0.1,
  });
  expect(lossOf({ loss: { kind: "focal" }, labelSmoothing: 0.1 })).toEqual({ kind: "focal", gamma: 2 });
  expect(lossOf({ loss: { kind: "contrastive-cross-entropy", temperature: 0.2 } })).toEqual({
    kind: "contrastive-cross-entropy",
    weight: 0.5,
    temperature: 0.2,
    labelSmoothing: 0,
  });
});

Deno.test("trainingOptions refuses the contrastive loss alone, which gives no class", () => {
  expect(trainingOptions.safeParse({ loss: "supervised-contrastive" }).success).toBe(false);
});
