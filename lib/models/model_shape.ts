/** What a network takes in and gives out, and the seed of its first weights. */
export interface ModelShape {
  /** Frames of a window. */
  frames: number;
  /** Bands of a frame. */
  nMels: number;
  /** Width of the output. */
  classes: number;
  seed: number;
}
