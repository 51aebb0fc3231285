import { expect } from "expect";
import { presetChange } from "./preset_change.ts";
import { presets } from "./presets.ts";

Deno.test("presetChange takes every preset as a change, and so knows each of its keys", () => {
  for (const preset of Object.values(presets)) expect(presetChange.parse(preset)).toEqual(preset);
  expect(presetChange.parse({})).toEqual({});
});

Deno.test("presetChange refuses a key that no preset has, and a value of another kind", () => {
  expect(() => presetChange.parse({ nMel: 40 })).toThrow(/nMel/);
  expect(() => presetChange.parse({ nMels: 40.5 })).toThrow();
  expect(() => presetChange.parse({ log: { kind: "decibel", reference: "loudest", topDb: 80 } })).toThrow();
});
