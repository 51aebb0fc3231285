import type { LogSpectrum, WindowShape } from "../features/mod.ts";
import type { RandomStream } from "../random/mod.ts";

/** Windows that a network learns from or is judged on, read one at a time so that memory does not grow with their number. */
export interface ExampleSource extends Readonly<WindowShape> {
  /** Number of windows. */
  readonly count: number;
  readonly classes: number;
  /** `[count]`: class of each window. */
  readonly labels: Int32Array;
  /** Shares of the classes that window `index` is trained on in place of its class, `[classes]`; none for most. */
  shares?(index: number): ArrayLike<number> | undefined;
  /** `[count]`: device, site or sub-database of each window, as whole numbers from 0; for source-balanced sampling. */
  readonly sources?: Int32Array;
  /** Writes window `index`, `[frames, bands, channels]`, into `into` from `offset`. */
  read(index: number, into: Float32Array, offset: number): void;
  /** Of windows whose values are the logarithms of powers by frequency, for augmentations that need such. */
  readonly spectrum?: LogSpectrum;
  /** What is known beside the sound of window `index`, `[width]`, standardised: the network gets it behind the frames. */
  readonly metadata?: { readonly width: number; values(index: number): Float32Array };
  /** Where each frame has a class of its own, which the network then answers. */
  readonly framed?: FramedWindows;
}

/** The classes of frames, -1 where none is known: such a frame is neither learned from nor judged. */
export interface FramedWindows {
  /** `[frames]`: of window `index`. */
  labels(index: number): Int32Array;
  /** A window of the same length that begins at random near window `index`, to learn from. */
  crop(index: number, random: RandomStream): { features: Float32Array; labels: Int32Array };
}

/** Some windows of a source. */
export interface ExampleSet {
  source: ExampleSource;
  /** Which windows. */
  indices: Int32Array;
}

/** Outputs of a network for one window: a row of classes, or one a frame. */
export function outputsOf({ framed, frames, classes }: ExampleSource): number {
  return framed ? frames * classes : classes;
}

/** What the outputs for some windows are compared with: `[count]`, or `[count, frames]` with -1 where no class is known. */
export function labelsOf({ source, indices }: ExampleSet): Int32Array {
  const { framed, frames, labels } = source;
  if (!framed) return Int32Array.from(indices, (index) => labels[index]);
  const all = new Int32Array(indices.length * frames);
  indices.forEach((index, i) => all.set(framed.labels(index), i * frames));
  return all;
}
