import { expect } from "expect";
import type { Manifest } from "../../datasets/mod.ts";
import { channels, curves, heartCyclesInput, type InputOptions, logMelInput } from "../../features/mod.ts";
import { withInputWarning } from "./prepare_data.ts";

Deno.test("withInputWarning() tells of heart states over CirCor's children, at any depth of an input, and of nothing else", () => {
  const mel = logMelInput({ preset: "pcg" });
  const states = channels({ inputs: [mel, curves({ of: mel, curves: ["heartStates"], as: "channels" })] });
  const envelope = curves({ of: mel, curves: ["hilbertEnvelope"] });
  const warned = (dataset: string, input: object) =>
    withInputWarning({ dataset, warnings: ["before"] } as unknown as Manifest, input as InputOptions).warnings;
  expect(warned("circor", states)).toEqual(["before", expect.stringMatching(/heart states .*learned .*CirCor/)]);
  expect(warned("circor", heartCyclesInput())).toHaveLength(2);
  expect(warned("circor", envelope)).toEqual(["before"]);
  expect(warned("cinc2016", states)).toEqual(["before"]);
});
