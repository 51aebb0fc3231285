// Runs in a page as well: no file, no Deno.
import type { LogMelInput } from "./built_in_inputs.ts";
import type { FeaturePreset } from "./feature_preset.ts";
import { inputsIn } from "./inner_input.ts";
import { featurePreset, type InputOptions } from "./input_options.ts";
import { fillOf } from "./input_windows.ts";
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

/** The log-Mel spectrogram of what an input hears, in the same windows: for pictures and floors of one that gives none. */
export function spectrumBeside(options: InputOptions): InputOptions {
  const { seconds, hop, fade } = options, padding = fillOf(options);
  const { sampleRate } = openInput(options);
  const { fMin } = nearestPreset(options);
  return {
    ...{ kind: "log-mel", seconds, padding, fade, ...hop === undefined ? {} : { hop } },
    preset: "respirenet",
    change: { sampleRate, fMin: Math.min(fMin, sampleRate / 8), fMax: sampleRate / 2, nMels: 32 },
  };
}

/** The input whose windows are drawn: itself, or the spectrogram of what it hears where a window is one row of numbers. */
export function drawnInput(options: InputOptions): InputOptions {
  return openInput(options).frames > 1 ? options : spectrumBeside(options);
}
