// Runs in a page as well: no file, no Deno.
import { z } from "zod";
import { UsageError } from "../errors/mod.ts";
import type { Options } from "../parts/part_kind.ts";
import { randomStream } from "../random/random_stream.ts";
import { DEVICES, drawDevice, throughDevice } from "./device_response.ts";
import type { InputOptions } from "./input_options.ts";
import { openInput } from "./open_input.ts";
import { playbackInput, speedOf } from "./playback_input.ts";

const speed: z.ZodNumber = z.number().min(0.5).max(2);
const average = {
  /** Played so much faster or slower: `[0.95, 1.05]`. */
  speeds: z.array(speed).default([]) as z.ZodDefault<z.ZodArray<typeof speed>>,
  /** Through so many drawn devices, as the augmentation `device-response` draws them. */
  responses: z.int().min(0).default(0) as z.ZodDefault<z.ZodNumber>,
};

/** How else an item is heard before it is judged, beside as it is. */
export const averageOptions: Options<typeof average> = z.strictObject(average);
export type Average = z.output<typeof averageOptions>;

/** One way to hear an item. */
export interface SoundView {
  input: InputOptions;
  /** What becomes of each window of that input, `[frames, bands, channels]`. */
  change?(features: Float32Array): Float32Array;
}

/**
 * An input, and where asked for the same at other speeds and through other devices, which are the same each time. All have
 * windows of one shape.
 *
 * @throws {UsageError} for devices where values aren't levels by frequency.
 */
export function soundViews(input: InputOptions, { speeds, responses }: Average): SoundView[] {
  const { spectrum, channels, options } = openInput(input);
  if (responses > 0 && !spectrum) {
    throw new UsageError({
      expected:
        "an input whose values are levels by frequency (log-mel that isn't stretched, gammatone), for responses",
      found: `the input "${(options as { kind: string }).kind}"`,
      where: "evaluation.average",
      remedy: "leave responses out, or hear by another input",
    });
  }
  return [
    { input },
    ...speeds.filter((speed) => speed !== 1).map((speed) => ({ input: atSpeed(options, speed) })),
    ...Array.from({ length: responses }, (_, i) => {
      const device = drawDevice(DEVICES, spectrum!, randomStream(0, `device/${i}`));
      return {
        input,
        change: (features: Float32Array) => throughDevice(features, device, { spectrum: spectrum!, channels }),
      };
    }),
  ];
}

/** The same windows of sound at another speed: each is longer or shorter in the recording. */
function atSpeed({ seconds, hop, padding, fade, ...of }: InputOptions, speed: number): InputOptions {
  const own = { of: of as { kind: string }, speed };
  const stretch = speedOf(own);
  return {
    ...playbackInput(own),
    ...{ padding, seconds: seconds * stretch },
    ...hop === undefined ? {} : { hop: hop * stretch },
    ...fade === undefined ? {} : { fade: fade * stretch },
  };
}
