import { expect } from "expect";
import { type ExperimentDescription, float, int, oneOf, resolveExperiment } from "../experiment/mod.ts";
import { presets } from "../features/mod.ts";
import { checkSetting, ownSetting, type ParamValue } from "./mod.ts";
import { smallExperiment } from "./fixtures/small_experiment.ts";

const space = {
  "training.optimizer.learningRate": float(1e-4, 1e-2, { log: true }),
  "model.dropout": float(0, 0.5, { step: 0.05 }),
  "training.batchSize": int(16, 70, { step: 16 }),
  "input.padding": oneOf("zero", "circular"),
};

const description: ExperimentDescription = {
  ...smallExperiment,
  model: { kind: "cnn", filters: [2], dropout: 0.15 },
  training: { epochs: 2, batchSize: 32, optimizer: { kind: "adam", learningRate: 1e-3 } },
  space,
};

Deno.test("checkSetting() takes values of the space, on their steps and up to the last whole step", () => {
  checkSetting({ "model.dropout": 0.15, "training.batchSize": 64, "input.padding": "zero" }, space);
});

const wrong: [string, Record<string, ParamValue>, RegExp][] = [
  ["a key that is not searched", { "model.kind": "cnn" }, /one of the keys .* but found "model.kind"/],
  ["a value off the steps", { "model.dropout": 0.12 }, /from 0 to 0.5 in steps of 0.05 but found 0.12 in --try model/],
  ["a value beyond the last step", { "training.batchSize": 70 }, /a whole number from 16 to 64 in steps of 16/],
  ["a value outside", { "training.optimizer.learningRate": 1 }, /a number from 0.0001 to 0.01 but found 1/],
  ["an unknown choice", { "input.padding": "mirror" }, /one of "zero", "circular" but found "mirror"/],
  ["text for a number", { "model.dropout": "0.1" }, /a number from 0 to 0.5/],
];
for (const [what, params, message] of wrong) {
  Deno.test(`checkSetting() refuses ${what}`, () => {
    expect(() => checkSetting(params, space)).toThrow(message);
  });
}

Deno.test("ownSetting() is what the experiment says without a sweep, or nothing where that lies outside the space", () => {
  const own = (assignments: string[]) => ownSetting(resolveExperiment(description, assignments));
  expect(own([])).toEqual({
    "training.optimizer.learningRate": 1e-3,
    "model.dropout": 0.15,
    "training.batchSize": 32,
    "input.padding": "circular",
  });
  expect(own(["training.batchSize=30"])).toBe(undefined);
  const changes = { "input.change.nFft": oneOf(256, 512), "training.ema": oneOf(0, 0.99) };
  const preset = ownSetting(resolveExperiment({ ...description, space: changes }));
  expect(preset).toEqual({ "input.change.nFft": presets.pcg.nFft, "training.ema": 0 });
  const mfcc = { kind: "mfcc", preset: "pcg", change: { nMels: 30 } };
  for (
    const [input, key] of [
      [{ ...mfcc, seconds: 2 }, "input.change"],
      [{ kind: "deltas", of: mfcc, seconds: 2 }, "input.of.change"],
    ] as const
  ) {
    const space = { [`${key}.nMels`]: oneOf(30, 40), [`${key}.nFft`]: oneOf(256, 512) };
    expect(ownSetting(resolveExperiment({ ...description, input: input as never, space }))).toEqual({
      [`${key}.nMels`]: 30,
      [`${key}.nFft`]: presets.pcg.nFft,
    });
  }
  const when = { "input.padding": ["zero"] };
  const conditional = { ...description, space: { ...space, "model.dropout": float(0, 0.5, { when }) } };
  expect(Object.keys(ownSetting(resolveExperiment(conditional))!)).not.toContain("model.dropout");
});
