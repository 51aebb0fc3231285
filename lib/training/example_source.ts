/** Windows that a network learns from or is judged on, read one at a time so that memory does not grow with their number. */
export interface ExampleSource {
  /** Number of windows. */
  readonly count: number;
  /** Frames of a window. */
  readonly frames: number;
  /** Bands of a frame. */
  readonly nMels: number;
  /** Number of classes. */
  readonly classes: number;
  /** `[count]`: class of each window. */
  readonly labels: Int32Array;
  /** `[count]`: device, site or sub-database of each window, as whole numbers from 0; for source-balanced sampling. */
  readonly sources?: Int32Array;
  /** Writes window `index`, `[frames, nMels]`, into `into` from `offset`. */
  read(index: number, into: Float32Array, offset: number): void;
}

/** Some windows of a source. */
export interface ExampleSet {
  source: ExampleSource;
  /** Which windows. */
  indices: Int32Array;
}
