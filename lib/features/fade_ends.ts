/**
 * The samples with a linear fade over `length` samples at the chosen ends (torchaudio's `Fade`), so that repetitions of
 * a sound join without a click.
 *
 * @returns A new array `[n]`.
 */
export function fadeEnds(
  samples: Float32Array,
  { length, fadeIn = true, fadeOut = true }: { length: number; fadeIn?: boolean; fadeOut?: boolean },
): Float32Array {
  const faded = samples.slice();
  const n = faded.length;
  for (let i = 0; i < Math.min(length, n); i++) {
    const weight = length > 1 ? i / (length - 1) : 0;
    if (fadeIn) faded[i] *= weight;
    if (fadeOut) faded[n - 1 - i] *= weight;
  }
  return faded;
}
