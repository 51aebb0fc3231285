import { UsageError } from "../errors/mod.ts";
import type { InputForm } from "./define_input.ts";
import type { InputOptions } from "./input_options.ts";

/** Lengths of sound that become windows, samples at the input's rate. */
export interface WindowLengths {
  /** Of a window. */
  samples: number;
  /** Of the shortest window: those of each, but for the padding `none`. */
  shortest: number;
  /** Of the rest of an item behind its last window from which on it is heard, too, in a window that ends with the item. */
  rest: number;
}

/**
 * What of an item becomes windows.
 *
 * @param shape Of a whole window.
 * @throws {UsageError} for windows without padding that hold several rows: a short sound would hold fewer.
 */
export function windowLengths(
  shape: InputForm,
  { options, sampleRate, shapeOf }: {
    options: InputOptions;
    sampleRate: number;
    shapeOf: (seconds: number) => InputForm;
  },
): WindowLengths {
  const { seconds, padding } = options, samples = Math.round(seconds * sampleRate);
  const shortest = padding === "none" ? fewestSamples(shape, samples, (count) => shapeOf(count / sampleRate)) : samples;
  // One row is as long as its window: by its hop nothing behind it would ever be heard.
  const rest = Math.round(sampleRate * (shape.frames === 1 ? seconds / 10 : shape.axes.hop));
  return { samples, shortest, rest };
}

/** Samples that the one row of a window takes at least. */
function fewestSamples({ frames }: InputForm, samples: number, shapeOf: (samples: number) => InputForm): number {
  if (frames !== 1) {
    throw new UsageError({
      expected: "an input that gives one row of whatever it hears, as an encoder does with pooling",
      found: `${frames} rows`,
      where: 'input.padding "none"',
      remedy: "zero, circular or reflect fill a short sound",
    });
  }
  let [none, one] = [0, samples];
  while (one - none > 1) {
    const middle = (none + one) >> 1;
    if (shapeOf(middle).frames === 0) none = middle;
    else one = middle;
  }
  return one;
}
