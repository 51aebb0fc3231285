import { expect } from "expect";
import { featurePresetSchema } from "./feature_preset.ts";
import { presets } from "./presets.ts";

const change = featurePresetSchema.partial();

Deno.test("every preset fits the schema", () => {
  for (const preset of Object.values(presets)) expect(change.parse(preset)).toEqual(preset);
  expect(change.parse({})).toEqual({});
});

Deno.test("a change of a preset is refused for a key that no preset has, and a value of another kind", () => {
  expect(() => change.parse({ nMel: 40 })).toThrow(/nMel/);
  expect(() => change.parse({ nMels: 40.5 })).toThrow();
  expect(() => change.parse({ log: { kind: "decibel", reference: "loudest", topDb: 80 } })).toThrow();
});
