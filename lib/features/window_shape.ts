/** Size of a window, `[frames, bands, channels]`, row-major: the channels of a band stand side by side. */
export interface WindowShape {
  /** Frames of a window. */
  frames: number;
  /** Bands of a frame. */
  bands: number;
  /** Pictures of a window on top of each other. */
  channels: number;
}

/** Values of a window. */
export function windowSize({ frames, bands, channels }: WindowShape): number {
  return frames * bands * channels;
}
