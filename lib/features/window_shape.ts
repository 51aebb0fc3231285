/** Size of a window, `[frames, bands, channels]`, row-major: the channels of a band stand side by side. */
export interface WindowShape {
  frames: number;
  bands: number;
  /** Pictures of a window on top of each other. */
  channels: number;
}

/** Values of a window. */
export function windowSize({ frames, bands, channels }: WindowShape): number {
  return frames * bands * channels;
}

/** Frames behind those of a window that hold so many numbers which are known beside its sound. */
export function framesBeside(width: number, { bands, channels }: Pick<WindowShape, "bands" | "channels">): number {
  return Math.ceil(width / (bands * channels));
}

/** One channel of a window, `[frames, bands]`, as pictures show it. */
export function channelOf(
  values: Float32Array,
  { channels }: Pick<WindowShape, "channels">,
  channel = 0,
): Float32Array {
  return channels === 1 ? values : values.filter((_, at) => at % channels === channel);
}
