/** A discrete Fourier transform of a fixed length, in place on real and imaginary parts. */
export type FourierTransform = (real: Float64Array, imag: Float64Array) => void;

/**
 * The transform of any length: Stockham's mixed-radix FFT, whose cost is `n` times the sum of the prime factors of `n`.
 */
export function fourierTransform(n: number): FourierTransform {
  const radices = primeFactors(n);
  const cos = Float64Array.from({ length: n }, (_, i) => Math.cos(2 * Math.PI * i / n));
  const sin = Float64Array.from({ length: n }, (_, i) => -Math.sin(2 * Math.PI * i / n));
  const spare = [new Float64Array(n), new Float64Array(n)];
  return (real, imag) => {
    let [xr, xi]: Float64Array[] = [real, imag];
    let [yr, yi]: Float64Array[] = spare;
    // Invariant: `stride` transforms of length `n / stride` remain, interleaved.
    let stride = 1;
    for (const radix of radices) {
      const rest = n / (stride * radix);
      for (let k = 0; k < rest; k++) {
        for (let q = 0; q < stride; q++) {
          for (let out = 0; out < radix; out++) {
            let sumReal = 0, sumImag = 0;
            for (let j = 0; j < radix; j++) {
              const from = q + stride * (k + rest * j);
              // e^(-2 pi i out (j / radix + k / (radix rest)))
              const turn = (out * (j * rest + k) * stride) % n;
              sumReal += xr[from] * cos[turn] - xi[from] * sin[turn];
              sumImag += xr[from] * sin[turn] + xi[from] * cos[turn];
            }
            const to = q + stride * (radix * k + out);
            yr[to] = sumReal;
            yi[to] = sumImag;
          }
        }
      }
      [xr, xi, yr, yi] = [yr, yi, xr, xi];
      stride *= radix;
    }
    if (xr !== real) {
      real.set(xr);
      imag.set(xi);
    }
  };
}

function primeFactors(n: number): number[] {
  const factors: number[] = [];
  for (let prime = 2; n > 1;) {
    if (n % prime === 0) {
      factors.push(prime);
      n /= prime;
    } else prime++;
  }
  return factors;
}
