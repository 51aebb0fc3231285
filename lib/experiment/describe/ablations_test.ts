import { expect } from "expect";
import { smallExperiment } from "../../sweep/fixtures/small_experiment.ts";
import { defineExperiment, resolveExperiment } from "../mod.ts";

const ablations = { "no dropout": ["model.dropout=0", "training.epochs=7"] };

Deno.test("an ablation's overrides come where its name stands, and the base has none", () => {
  const description = defineExperiment({ ...smallExperiment, ablations });
  const { model, training } = resolveExperiment(description, ["training.epochs=3", 'ablation="no dropout"']);
  expect([model, training.epochs]).toEqual([expect.objectContaining({ dropout: 0 }), 7]);
  expect(resolveExperiment(description, ["ablation=base"])).toEqual(resolveExperiment(description));
  expect(() => resolveExperiment(description, ["ablation=none"])).toThrow(/base, no dropout but found "none"/);
});

Deno.test("defineExperiment() refuses an ablation that sets an unknown key, a wrong value or the base", () => {
  const define = (list: Record<string, string[]>) => () => defineExperiment({ ...smallExperiment, ablations: list });
  expect(define({ "no mixup": ["training.mixup=0"] })).toThrow(/"mixup".*which the ablation "no mixup" sets/);
  expect(define({ odd: ["training.epochs=many"] })).toThrow(/"many".*which the ablation "odd" sets/);
  expect(define({ base: [] })).toThrow(/which is the experiment itself/);
});
