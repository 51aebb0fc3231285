import { FRAME_RATE, FRAME_WIDTH, standardise } from "../../lib/audio/heart_cycles/heart_frames.ts";
import type { AnnotatedRecording } from "./heart_children.ts";

/** A recording as of a slower heart. */
export interface SlowedHeart {
  /** `[frames, FRAME_WIDTH]` */
  frames: Float32Array;
  /** `[frames of the recording + 1]`: where each of them has gone; some have several places. */
  first: Int32Array;
}

/** Slow hearts rest longer, their systole hardly changes (Weissler et al. 1968): each diastole that was marked lasts `times` as long. */
export function slowedHeart({ frames, states }: AnnotatedRecording, times: number): SlowedHeart {
  const count = frames.length / FRAME_WIDTH;
  const first = new Int32Array(count + 1), source: number[] = [];
  const copy = (from: number, to: number, length: number) => {
    const own = to - from, begin = source.length, edge = own >> 1, inner = Math.max(1, own >> 1);
    for (let t = from; t < to; t++) first[t] = begin + Math.floor((t - from) * length / own);
    for (let j = 0; j < length; j++) {
      if (j < edge) source.push(from + j);
      else if (length - j <= own - edge) source.push(to - (length - j));
      else source.push(from + (own >> 2) + (j - edge) % inner);
    }
  };
  let at = 0;
  for (const { start, end, state } of states) {
    const from = Math.round(start * FRAME_RATE), to = Math.min(count, Math.round(end * FRAME_RATE));
    if (state !== 3 || to <= from || from < at) continue;
    copy(at, from, from - at);
    copy(from, to, Math.round(times * (to - from)));
    at = to;
  }
  copy(at, count, count - at);
  first[count] = source.length;
  const slowed = new Float32Array(source.length * FRAME_WIDTH);
  source.forEach((t, i) => slowed.set(frames.subarray(t * FRAME_WIDTH, (t + 1) * FRAME_WIDTH), i * FRAME_WIDTH));
  for (let column = 0; column < FRAME_WIDTH; column++) standardise(slowed, column);
  return { frames: slowed, first };
}
