/** What a network takes in, `[frames, bands, channels]`, and gives out. */
export interface ModelShape {
  /** Frames of a window. */
  frames: number;
  /** Bands of a frame. */
  bands: number;
  /** Pictures of a window on top of each other. */
  channels: number;
  /** Width of the output. */
  classes: number;
}
