import { expect } from "expect";
import { checkSettings, resolveExperiment } from "../lib/experiment/mod.ts";
import { openInput } from "../lib/features/mod.ts";
import hearts from "./heart/cinc2016_inputs.ts";
import lungs from "./lung/sprsound_inputs.ts";

for (const experiment of [hearts, lungs]) {
  Deno.test(`every picture of ${experiment.name} has the windows of its log-Mel`, () => {
    const base = openInput(resolveExperiment(experiment).input);
    expect(Object.keys(experiment.ablations!).length).toBeGreaterThan(7);
    for (const set of Object.values(experiment.ablations!)) {
      const resolved = resolveExperiment(experiment, set), input = openInput(resolved.input);
      checkSettings(resolved);
      expect([input.samples, input.sampleRate]).toEqual([base.samples, base.sampleRate]);
      expect(Math.abs(input.frames - base.frames)).toBeLessThan(2);
      const { seconds, hop, padding } = base.options;
      expect(input.options).toMatchObject({ seconds, padding, ...hop ? { hop } : {} });
    }
  });
}
