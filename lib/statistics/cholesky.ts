/**
 * The factor L of a positive definite matrix A = L Lᵀ, row-major `[n, n]`, of which the lower triangle is read and written
 * (Golub & Van Loan 2013, 4.2.5).
 */
export function choleskyFactor(lower: Float64Array, n: number): Float64Array {
  const factor = lower.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * n + j];
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / factor[j * n + j];
    }
  }
  return factor;
}

/** Solves L Lᵀ x = b in the place of b. */
export function solveByFactor(factor: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= factor[i * n + k] * b[k];
    b[i] /= factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    b[i] /= factor[i * n + i];
    for (let k = 0; k < i; k++) b[k] -= factor[i * n + k] * b[i];
  }
}
