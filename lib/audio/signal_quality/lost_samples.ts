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
  const { low, high } = extremes(samples);
  if (high - low < QUIET) return 0;
  return shareOfRuns(samples, CLIPPED_RUN, (x) => x === high || x === low);
}

function extremes(samples: Float32Array): { low: number; high: number } {
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i];
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return { low, high };
}

/** The share of samples in stretches where the recording stood still. */
export function dropoutShare(samples: Float32Array, { sampleRate }: { sampleRate: number }): number {
  return shareOfRuns(samples, Math.max(2, Math.round(DROPOUT * sampleRate)), () => true);
}

/** The share of samples in runs of at least `shortest` equal ones of a value that `counts`. */
function shareOfRuns(samples: Float32Array, shortest: number, counts: (value: number) => boolean): number {
  let inside = 0, start = 0;
  for (let i = 1; i <= samples.length; i++) {
    if (i < samples.length && samples[i] === samples[i - 1]) continue;
    if (i - start >= shortest && counts(samples[start])) inside += i - start;
    start = i;
  }
  return inside / Math.max(1, samples.length);
}
