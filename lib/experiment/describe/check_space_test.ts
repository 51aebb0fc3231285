import { expect } from "expect";
import { checkSpace, type ExperimentDescription, float, int, oneOf, when } from "../mod.ts";

const description: ExperimentDescription = {
  ...{ name: "test/space", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
  ...{ input: { preset: "pcg", seconds: 1 }, model: { kind: "cnn" }, training: {} },
  evaluation: { protocol: { kind: "hold-out" } },
};
const check = (space: ExperimentDescription["space"], set: string[] = []) => () =>
  checkSpace({ ...description, space }, set);

Deno.test("checkSpace() takes keys that the experiment has, of defaults and of presets too", () => {
  const fine = {
    "training.optimizer.learningRate": float(1e-4, 1e-2),
    "model.dropout": float(0, 0.6),
    "input.change.hopLength": oneOf(64, 128),
    "training.patience": int(2, 5),
    "model.kind": oneOf("cnn", "cnn6"),
    "model.pooling": when({ "model.kind": ["cnn"] }, oneOf("average", "max")),
  };
  expect(check(fine)).not.toThrow();
});

Deno.test("checkSpace() names a key that doesn't exist or is another kind's, and a value that can't stand there", () => {
  expect(check({ "model.dropot": float(0, 0.5) })).toThrow(/keys kind, .*dropout.* found "dropot".*space sets/);
  expect(check({ "model.units": int(8, 16) })).toThrow(/found "units" in model/);
  expect(check({ "model.dropout": float(0, 5) })).toThrow(/found 5 in model\.dropout/);
  expect(check({ "training.optimizer.beta1": float(0.1, 0.9) }, ['training.optimizer={"kind":"sgd","learningRate":1}']))
    .toThrow(/momentum.* found "beta1"/);
});
