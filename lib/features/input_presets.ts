// Runs in a page as well: no file, no Deno.
import type { LogMelInput } from "./built_in_inputs.ts";
import type { FeaturePreset } from "./feature_preset.ts";
import { inputsIn } from "./inner_input.ts";
import { featurePreset, type InputOptions } from "./input_options.ts";
import { openInput } from "./open_input.ts";
import { presets } from "./presets.ts";

/** What is done to a recording before windows are cut, as the preset of the input, or of the first that it joins, says. */
export function preparationOf(options: object): FeaturePreset["preparation"] {
  const first = inputsIn({ kind: "log-mel", ...options }).find((input) => !("of" in input || "inputs" in input));
  const { preset, change } = (first ?? {}) as Partial<LogMelInput>;
  return preset !== undefined && preset in presets ? { ...presets[preset], ...change }.preparation : {};
}

/** The log-Mel preset that hears as an input does: its own, or one of the same rate and the same highest frequency. */
export function nearestPreset(options: InputOptions): FeaturePreset {
  const own = featurePreset(options);
  if (own) return own;
  const { sampleRate, bandsHz } = openInput(options);
  return { ...presets.respirenet, sampleRate, fMax: Math.max(...bandsHz, 0) || sampleRate / 2 };
}
