/** A test signal given by a formula: tones are `[amplitude, Hz, phase in eighths of a turn]`. */
export interface SignalFormula {
  n: number;
  dc?: number;
  tones?: number[][];
  noise?: { amp: number; seed: number };
  impulse?: number[];
}

/** The signal of a golden file: tones with exact phases, noise by a linear congruential generator (Numerical Recipes). */
export function goldenSignal({ n, dc = 0, tones = [], noise, impulse }: SignalFormula, sampleRate: number) {
  const signal = new Float64Array(n).fill(dc);
  for (const [amplitude, hz, phase = 0] of tones) {
    for (let i = 0; i < n; i++) {
      signal[i] += amplitude * Math.sin(2 * Math.PI * (((hz * i) % sampleRate) / sampleRate + phase / 8));
    }
  }
  let state = noise?.seed ?? 0;
  for (let i = 0; noise && i < n; i++) {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    signal[i] += noise.amp * (state / 2 ** 31 - 1);
  }
  if (impulse) signal[impulse[0]] += impulse[1];
  return signal;
}

/** Mean of the values times a fixed sequence: a check sum that shifted or exchanged values change. */
export function projection(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    const weight = (Math.imul(k, 2654435761) >>> 0) / 2 ** 31 - 1;
    sum += values[k] * weight;
  }
  return sum / values.length;
}
