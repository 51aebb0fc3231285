import { InputError } from "../errors/mod.ts";
import type { WindowName } from "./window_function.ts";

/** How samples are cut into frames, and what is done to a frame before its transform. */
export interface FrameOptions {
  /** Length of the FFT, samples. */
  nFft: number;
  /** Length of the window, samples. @default {nFft} */
  winLength?: number;
  /** Samples from one frame to the next. @default {winLength / 4} */
  hopLength?: number;
  /** @default {"hann"} */
  window?: WindowName;
  /** Frames stand centred on multiples of the hop; if not, only whole windows that lie inside count. @default {true} */
  center?: boolean;
  /** What stands beyond the ends where frames are centred. @default {"constant"} */
  padMode?: "constant" | "reflect";
  /** Coefficient of the pre-emphasis inside each frame. @default {0} */
  preEmphasis?: number;
  /** Whether the mean of each frame is taken off first. @default {false} */
  removeDc?: boolean;
}

/** {@linkcode FrameOptions} with nothing left open. */
export type FrameLayout = Required<FrameOptions>;

/**
 * Fills in the defaults and refuses what can't be framed.
 *
 * @throws {InputError}
 */
export function frameLayout(options: FrameOptions): FrameLayout {
  const { nFft, winLength = nFft, hopLength = Math.floor(winLength / 4), window = "hann", center = true } = options;
  const { padMode = "constant", preEmphasis = 0, removeDc = false } = options;
  const refuse = (expected: string, found: number) => {
    throw new InputError({ expected, found: `${found}` });
  };
  if (!(Number.isInteger(nFft) && nFft > 1)) refuse("nFft to be a whole number above 1", nFft);
  if (!(Number.isInteger(winLength) && winLength > 0 && winLength <= nFft)) {
    refuse(`winLength to be a whole number from 1 to nFft (${nFft})`, winLength);
  }
  if (!(Number.isInteger(hopLength) && hopLength > 0)) refuse("hopLength to be a whole number above 0", hopLength);
  if (!Number.isFinite(preEmphasis)) refuse("preEmphasis to be a number", preEmphasis);
  return { nFft, winLength, hopLength, window, center, padMode, preEmphasis, removeDc };
}

/**
 * Number of frames of `length` samples, as librosa where they are centred: `1 + floor(length / hopLength)`, or with an odd
 * `nFft`, half of which can't stand on either side, `1 + floor((length - 1) / hopLength)`. Else those that lie inside as in
 * Kaldi, `1 + floor((length - winLength) / hopLength)`, or 0; librosa counts whole `nFft` there, of which a shorter window
 * uses the middle.
 *
 * @throws {InputError} for no samples, or fewer than reflection needs.
 */
export function frameCount(length: number, layout: FrameLayout): number {
  const { nFft, winLength, hopLength, center, padMode } = layout;
  if (length === 0) throw new InputError({ expected: "at least one sample", found: "none" });
  if (!center) return Math.max(0, 1 + Math.floor((length - winLength) / hopLength));
  if (padMode === "reflect" && length <= Math.floor(nFft / 2)) {
    throw new InputError({
      expected: `more than ${Math.floor(nFft / 2)} samples to reflect at the ends`,
      found: `${length}`,
      remedy: 'lengthen the sound, or use padMode "constant"',
    });
  }
  return 1 + Math.floor((length - nFft % 2) / hopLength);
}

/** The samples with half a frame beyond each end where frames are centred, so that frame `t` begins at `t * hopLength`. */
export function padSamples(samples: Float32Array, layout: FrameLayout): Float32Array {
  if (!layout.center) return samples;
  const half = Math.floor(layout.nFft / 2);
  const padded = new Float32Array(samples.length + 2 * half);
  padded.set(samples, half);
  if (layout.padMode === "reflect") {
    for (let i = 1; i <= half; i++) {
      padded[half - i] = samples[i];
      padded[half + samples.length - 1 + i] = samples[samples.length - 1 - i];
    }
  }
  return padded;
}
