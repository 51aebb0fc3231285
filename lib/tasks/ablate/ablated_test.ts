import { expect } from "expect";
import { resolveExperiment } from "../../experiment/mod.ts";
import { smallExperiment } from "../../sweep/fixtures/small_experiment.ts";
import { ablated } from "./ablated.ts";

Deno.test("ablated() makes the base, each ablation and each share a setting of one space", () => {
  const { description, shares, settings } = ablated(
    { ...smallExperiment, ablations: { bare: ["model.filters=[1]"] } },
    [25],
  );
  expect(description.space).toEqual({
    ablation: { kind: "categorical", choices: ["base", "bare", "25 % of the subjects"] },
  });
  expect([settings, [...shares]]).toEqual([3, [["25 % of the subjects", 0.25]]]);
  expect(resolveExperiment(description, ["ablation=25 % of the subjects"]).training.subjectShare).toBe(0.25);
});

Deno.test("ablated() refuses a share that is none, and an experiment with nothing to take away", () => {
  expect(() => ablated(smallExperiment, [100])).toThrow(/between 0 and 100 % but found 100 in --shares/);
  expect(() => ablated(smallExperiment, [])).toThrow(/with ablations, or shares/);
});
