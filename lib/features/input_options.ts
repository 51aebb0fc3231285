import type { Padding } from "../audio/mod.ts";
import { InputError, UsageError } from "../errors/mod.ts";
import type { FeaturePreset } from "./feature_preset.ts";
import { frameCount, frameLayout } from "./frame_layout.ts";
import { type PresetName, presets } from "./presets.ts";
import type { WindowShape } from "./window_shape.ts";

/** What a network sees of an item: windows of equal length by one preset. */
export interface InputOptions {
  preset: PresetName;
  /** Numbers that differ from the preset's: `{ nMels: 40 }`. */
  change?: Partial<FeaturePreset>;
  /** Length of a window, seconds. */
  seconds: number;
  /** Seconds from one window of an item to the next. @default {seconds} */
  hop?: number;
  /** What follows an item that is shorter than a window. */
  padding: Padding;
  /**
   * Seconds over which an item fades in and out, and a repeated one at the end of its window: 1/16 for `scl` as
   * published. @default {0}
   */
  fade?: number;
}

/** Size of one window. */
export interface InputShape extends WindowShape {
  /** Samples at the preset's rate. */
  samples: number;
}

/**
 * The preset of that name.
 *
 * @throws {UsageError} naming the presets that exist.
 */
export function presetOf(name: string): FeaturePreset {
  if (Object.hasOwn(presets, name)) return presets[name as PresetName];
  throw new UsageError({
    expected: "the name of a feature preset",
    found: `"${name}"`,
    where: "input.preset",
    remedy: `use ${Object.keys(presets).join(", ")}`,
  });
}

/** The preset of the input, with its changes. */
export function featurePreset({ preset, change }: Pick<InputOptions, "preset" | "change">): FeaturePreset {
  return { ...presetOf(preset), ...change };
}

/**
 * The size of a window, and so of a network's input.
 *
 * @throws {UsageError | InputError} for an unknown preset, padding, or a length that holds no frame.
 */
export function inputShape(input: InputOptions): InputShape {
  const { seconds, hop = seconds, padding } = input;
  const preset = featurePreset(input);
  if (!(seconds > 0 && seconds < Infinity)) {
    throw new InputError({ expected: "windows longer than 0 s", found: `${seconds} s`, where: "input.seconds" });
  }
  if (!(hop > 0 && hop < Infinity)) {
    throw new InputError({ expected: "a hop longer than 0 s", found: `${hop} s`, where: "input.hop" });
  }
  if (!(input.fade === undefined || (input.fade >= 0 && input.fade < Infinity))) {
    throw new InputError({ expected: "a fade of 0 s or more", found: `${input.fade} s`, where: "input.fade" });
  }
  if (!["zero", "circular", "reflect"].includes(padding)) {
    throw new UsageError({
      expected: "a kind of padding",
      found: `"${padding}"`,
      where: "input.padding",
      remedy: "use zero, circular or reflect",
    });
  }
  const samples = Math.round(seconds * preset.sampleRate);
  const frames = samples === 0 ? 0 : frameCount(samples, frameLayout(preset));
  if (frames === 0) {
    throw new InputError({
      expected: `windows of at least one frame (${preset.winLength / preset.sampleRate} s)`,
      found: `${seconds} s`,
      where: "input.seconds",
    });
  }
  return { samples, frames, bands: preset.nMels, channels: 1 };
}
