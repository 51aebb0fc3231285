/**
 * Probabilities at another temperature, softmax(logits / T) from softmax(logits): p^(1/T), scaled to sum 1. A probability of 0
 * is one too small for a double, as it is where the temperature is fitted: a network that was far too sure gets doubts.
 *
 * @param probabilities `[n, size]`, row-major.
 */
export function temper(probabilities: Float64Array, { size, temperature }: { size: number; temperature: number }) {
  if (temperature === 1) return probabilities.slice();
  const tempered = new Float64Array(probabilities.length);
  for (let start = 0; start < probabilities.length; start += size) {
    const row = probabilities.subarray(start, start + size);
    const top = Math.log(Math.max(...row));
    let sum = 0;
    for (let c = 0; c < size; c++) {
      const log = Math.log(Math.max(row[c], Number.MIN_VALUE));
      sum += tempered[start + c] = Math.exp((log - top) / temperature);
    }
    for (let c = 0; c < size; c++) tempered[start + c] /= sum;
  }
  return tempered;
}
