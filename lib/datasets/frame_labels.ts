import type { AnnotatedEvent } from "./manifest.ts";

export interface FrameLabelsOptions {
  /** Labels of spans by the class that they stand for; where spans overlap, the class that is named last counts. */
  classes: Readonly<Record<string, readonly string[]>>;
  /** The middle of each frame, s, rising. */
  times: ArrayLike<number>;
  /** Class of the frames that no span holds; without it they aren't annotated. */
  outside?: string;
}

/** A frame of which nothing is known: neither learned from nor judged. */
export const UNKNOWN_FRAME = -1;

/**
 * The class of each frame, `[frames]`, from what is heard when: that of the span that holds the frame's middle, from its
 * start to before its end.
 *
 * @returns places of the classes, in their order; {@linkcode UNKNOWN_FRAME} where nothing is annotated.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { frameLabels } from "./mod.ts";
 * const spans = [{ start: 0.1, end: 0.2, label: "S1" }, { start: 0.2, end: 0.4, label: "systole" }];
 * const labels = frameLabels(spans, { classes: { S1: ["S1"], systole: ["systole"] }, times: [0, 0.1, 0.2, 0.3, 0.4] });
 * expect([...labels]).toEqual([-1, 0, 1, 1, -1]);
 * ```
 */
export function frameLabels(
  spans: readonly Pick<AnnotatedEvent, "start" | "end" | "label">[],
  { classes, times, outside }: FrameLabelsOptions,
): Int32Array {
  const names = Object.keys(classes);
  const labels = new Int32Array(times.length).fill(outside === undefined ? UNKNOWN_FRAME : names.indexOf(outside));
  for (const [place, name] of names.entries()) {
    for (const { start, end, label } of spans) {
      if (classes[name].includes(label)) labels.fill(place, firstFrom(times, start), firstFrom(times, end));
    }
  }
  return labels;
}

/** The first frame at a time or after it; the number of frames where all lie before. */
function firstFrom(times: ArrayLike<number>, time: number): number {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
