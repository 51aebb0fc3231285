import { framesBeside, type WindowShape } from "../features/window_shape.ts";

/**
 * Standardised windows, `[count, frames, bands, channels]`, each followed by frames that hold what is known beside its sound,
 * and zeros where these go on.
 *
 * @param metadata One list a window.
 */
export function withMetadata(
  windows: Float32Array,
  metadata: readonly Float32Array[],
  shape: Pick<WindowShape, "bands" | "channels">,
): Float32Array {
  const size = windows.length / metadata.length;
  const whole = size + framesBeside(metadata[0].length, shape) * shape.bands * shape.channels;
  const joined = new Float32Array(metadata.length * whole);
  for (const [i, values] of metadata.entries()) {
    joined.set(windows.subarray(i * size, (i + 1) * size), i * whole);
    joined.set(values, i * whole + size);
  }
  return joined;
}
