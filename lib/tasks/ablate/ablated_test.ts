import { expect } from "expect";
import { resolveExperiment } from "../../experiment/mod.ts";
import { smallExperiment } from "../../sweep/fixtures/small_experiment.ts";
import { ablated } from "./ablated.ts";

Deno.test("ablated() makes the base, each ablation and each share a setting of one space", () => {
  const { description, settings } = ablated(
    { ...smallExperiment, ablations: { bare: ["model.filters=[1]"] } },
    [25],
  );
  expect(description.space).toEqual({
    ablation: { kind: "categorical", choices: ["base", "bare", "25 % of the subjects"] },
  });
  expect(settings).toBe(3);
  expect(resolveExperiment(description, ["ablation=25 % of the subjects"]).training.subjectShare).toBe(0.25);
});

Deno.test("ablated() gives every point of a learning curve that begins with a run's weights a twin that doesn't", () => {
  const begun = { ...smallExperiment, initial: { run: "results/earlier" } };
  const { description } = ablated(begun, [10], { begins: true });
  const twin = "10 % of the subjects, from random weights";
  expect(Object.keys(description.ablations!)).toEqual(["10 % of the subjects", twin, "from random weights"]);
  expect(resolveExperiment(description, [`ablation=${twin}`])).toMatchObject({
    initial: { run: "results/earlier", layers: [] },
    training: { subjectShare: 0.1 },
  });
});

Deno.test("ablated() refuses a share that is none, and an experiment with nothing to take away", () => {
  expect(() => ablated(smallExperiment, [100])).toThrow(/between 0 and 100 % but found 100 in --shares/);
  expect(() => ablated(smallExperiment, [])).toThrow(/with ablations, or shares/);
});
