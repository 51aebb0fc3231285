/** Probabilities under the shares of classes of another place. */
export interface ShiftedPriors {
  /** `[n, size]`, row-major. */
  probabilities: Float64Array;
  /** Share of each class there, as the probabilities themselves make it most likely. */
  priors: number[];
}

const STEPS = 10_000, CHANGE = 1e-9; // steps after which it ends, and the change of a share below which it does

/**
 * Probabilities for a place in which the classes are of other frequency and sound as they did in training: expectation
 * maximisation of the shares, which needs no label (Saerens, Latinne & Decaestecker 2002, equations 2.1 to 2.4).
 *
 * @param probabilities `[n, size]`, row-major, of items of that place.
 * @param priors Shares of the classes under which the probabilities are true; all above 0.
 */
export function shiftPriors(probabilities: Float64Array, { priors }: { priors: readonly number[] }): ShiftedPriors {
  const size = priors.length, n = probabilities.length / size;
  const shifted = probabilities.slice();
  let shares = [...priors];
  for (let step = 0; step < STEPS && n > 0; step++) {
    const sums = new Array<number>(size).fill(0);
    for (let start = 0; start < shifted.length; start += size) {
      let sum = 0;
      for (let c = 0; c < size; c++) {
        sum += shifted[start + c] = probabilities[start + c] * shares[c] / priors[c];
      }
      for (let c = 0; c < size; c++) sums[c] += shifted[start + c] /= sum;
    }
    const next = sums.map((sum) => sum / n);
    const change = Math.max(...next.map((share, c) => Math.abs(share - shares[c])));
    shares = next;
    if (change < CHANGE) break;
  }
  return { probabilities: shifted, priors: shares };
}
