import { z } from "zod";
import type { Padding } from "../audio/mod.ts";
import type { CalledPart } from "../parts/part_kind.ts";
import { type LogMelInput, type MelInput, presetOf } from "./built_in_inputs.ts";
import { inputs } from "./define_input.ts";
import type { FeaturePreset } from "./feature_preset.ts";

/** Of a window, s: longer ones fill the memory, and no recording of body sounds holds one. */
const LONGEST = 600;

const windowing = {
  /** Length of a window, s. */
  seconds: z.number().positive().max(LONGEST) as z.ZodNumber,
  /** Seconds from one window of an item to the next; `seconds` where left out. */
  hop: z.number().positive().max(LONGEST).optional() as z.ZodOptional<z.ZodNumber>,
  /**
   * What fills a window that is longer than its item: silence, the item again, or the item backwards. With `none` a window
   * ends with its item, where an input gives one row of whatever is heard, as a pooled encoder does.
   */
  padding: z.enum(["zero", "circular", "reflect", "none"]).default("zero") as z.ZodDefault<
    z.ZodType<Padding | "none">
  >,
  /** Seconds over which an item fades in and out, and a repeated one at the end of its window: 1/16 for `scl` as published. */
  fade: z.number().min(0).max(LONGEST).optional() as z.ZodOptional<z.ZodNumber>,
};
type Windowing = z.ZodObject<typeof windowing>;

/** What a network sees of an item: windows of equal length by one input; log-Mel where no `kind` is said. */
export type InputOptions = z.output<Windowing> & (LogMelInput | CalledPart<"input">);

/** {@linkcode InputOptions} as experiments write them and as bundles keep them. */
export const inputSchema = inputs.schemaWith(windowing) as z.ZodType<
  InputOptions,
  z.input<Windowing> & (LogMelInput | CalledPart<"input">)
>;

/** The preset of a log-Mel input, with its changes; nothing of another input. */
export function featurePreset(input: Partial<InputOptions>): FeaturePreset | undefined {
  const { kind = "log-mel", ...mel } = input as { kind?: string } & Partial<MelInput>;
  return kind === "log-mel" && mel.preset ? presetOf(mel as MelInput) : undefined;
}
