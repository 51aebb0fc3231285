/** As many samples in a row at full deflection are no coincidence. */
const CLIPPED_RUN = 3;

/** A recording so quiet has flat tops because it has few steps: no converter was at its end. */
const QUIET = 0.005;

/** A stretch of equal samples so long is a gap in the recording, seconds. */
const DROPOUT = 0.02;

/**
 * The share of samples that stand in a row at the largest deflection, positive or negative: the tops that the
 * converter cut off.
 */
export function clippingShare(samples: Float32Array): number {
  let low = Infinity, high = -Infinity;
  for (const x of samples) {
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  const isTop = (x: number) => x === high || x === low;
  return high - low < QUIET ? 0 : shareOfRuns(samples, CLIPPED_RUN, (a, b) => a === b && isTop(a));
}

/** The share of samples in stretches where the recording stood still. */
export function dropoutShare(samples: Float32Array, { sampleRate }: { sampleRate: number }): number {
  return shareOfRuns(samples, Math.max(2, Math.round(DROPOUT * sampleRate)), (a, b) => a === b);
}

/** The share of samples in runs of at least `shortest` in which `goesOn` holds from each to the next. */
function shareOfRuns(samples: Float32Array, shortest: number, goesOn: (a: number, b: number) => boolean): number {
  let inside = 0, run = 1;
  for (let i = 1; i <= samples.length; i++) {
    if (i < samples.length && goesOn(samples[i - 1], samples[i])) {
      run++;
    } else {
      if (run >= shortest) inside += run;
      run = 1;
    }
  }
  return inside / Math.max(1, samples.length);
}
