import { z } from "zod";
import type { InputOptions } from "./input_options.ts";
import { presetChange } from "./preset_change.ts";
import { type PresetName, presets } from "./presets.ts";

/** Of a window, s: longer ones fill the memory, and no recording of body sounds holds one. */
const LONGEST = 600;

/** {@linkcode InputOptions} as experiments write them and as bundles keep them. */
export const inputSchema = z.strictObject({
  /** The published way from sound to log-Mel that is taken. */
  preset: z.enum(Object.keys(presets) as [PresetName, ...PresetName[]]),
  /** Numbers that differ from the preset's: `{ nMels: 40 }`. */
  change: presetChange.optional(),
  /** Length of a window, s. */
  seconds: z.number().positive().max(LONGEST),
  /** Seconds from one window of an item to the next; `seconds` where left out. */
  hop: z.number().positive().max(LONGEST).optional(),
  /** What fills a window that is longer than its item: silence, the item again, or the item backwards. */
  padding: z.enum(["zero", "circular", "reflect"]).default("zero"),
  /** Seconds over which an item fades in and out, and a repeated one at the end of its window. */
  fade: z.number().min(0).max(LONGEST).optional(),
}) satisfies z.ZodType<InputOptions>;
