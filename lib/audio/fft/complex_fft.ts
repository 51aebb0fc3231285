/** In place, of `re + i im`: sum of x[n] exp(-2πi nk / N); with the two arguments swapped the inverse (unscaled). */
export type ComplexFft = (re: Float64Array, im: Float64Array) => void;

/** Beyond it Bluestein's detour over a power of two is shorter than a butterfly of so many points. */
const LARGEST_RADIX = 31;

/** The transform of `n` points, any `n` above 0, in 64 bits. */
export function complexFft(n: number): ComplexFft {
  const radices = factors(n);
  return radices.every((radix) => radix <= LARGEST_RADIX) ? stockham(n, radices) : bluestein(n);
}

/** Factors, fours before all others. */
function factors(n: number): number[] {
  const found: number[] = [];
  let rest = n;
  for (; rest % 4 === 0; rest /= 4) found.push(4);
  for (let radix = 2; rest > 1; radix++) {
    for (; rest % radix === 0; rest /= radix) found.push(radix);
  }
  return found;
}

/** Stockham's self-sorting transform (Van Loan 1992, 1.7): a pass of radix p turns points m apart and writes them side by side. */
function stockham(n: number, radices: number[]): ComplexFft {
  const cos = Float64Array.from({ length: n }, (_, i) => Math.cos(2 * Math.PI * i / n));
  const sin = Float64Array.from({ length: n }, (_, i) => -Math.sin(2 * Math.PI * i / n));
  const scratch = [new Float64Array(n), new Float64Array(n)];
  return (re, im) => {
    let from: Float64Array[] = [re, im], to: Float64Array[] = scratch;
    let stride = 1, left = n;
    for (const radix of radices) {
      left /= radix;
      (radix === 4 ? pass4 : passAny)({
        re: from[0],
        im: from[1],
        outRe: to[0],
        outIm: to[1],
        cos,
        sin,
        stride,
        left,
        radix,
      });
      [from, to] = [to, from];
      stride *= radix;
    }
    if (from[0] !== re) {
      re.set(from[0]);
      im.set(from[1]);
    }
  };
}

/** `cos` and `sin` are the twiddles of the whole transform, `stride` and `left` products of the radices before and behind this one. */
type Pass =
  & Record<"re" | "im" | "outRe" | "outIm" | "cos" | "sin", Float64Array>
  & Record<"stride" | "left" | "radix", number>;

function pass4({ re, im, outRe, outIm, cos, sin, stride, left }: Pass) {
  const far = stride * left;
  for (let j = 0; j < left; j++) {
    const w = j * stride;
    const c1 = cos[w], s1 = sin[w], c2 = cos[2 * w], s2 = sin[2 * w], c3 = cos[3 * w], s3 = sin[3 * w];
    for (let q = 0; q < stride; q++) {
      const a = q + w, b = a + far, c = b + far, d = c + far, out = q + 4 * w;
      const acRe = re[a] + re[c], acIm = im[a] + im[c], bdRe = re[b] + re[d], bdIm = im[b] + im[d];
      const a_cRe = re[a] - re[c], a_cIm = im[a] - im[c], b_dRe = re[b] - re[d], b_dIm = im[b] - im[d];
      outRe[out] = acRe + bdRe;
      outIm[out] = acIm + bdIm;
      const oneRe = a_cRe + b_dIm, oneIm = a_cIm - b_dRe; // -i times the difference
      outRe[out + stride] = oneRe * c1 - oneIm * s1;
      outIm[out + stride] = oneRe * s1 + oneIm * c1;
      const twoRe = acRe - bdRe, twoIm = acIm - bdIm;
      outRe[out + 2 * stride] = twoRe * c2 - twoIm * s2;
      outIm[out + 2 * stride] = twoRe * s2 + twoIm * c2;
      const threeRe = a_cRe - b_dIm, threeIm = a_cIm + b_dRe;
      outRe[out + 3 * stride] = threeRe * c3 - threeIm * s3;
      outIm[out + 3 * stride] = threeRe * s3 + threeIm * c3;
    }
  }
}

function passAny({ re, im, outRe, outIm, cos, sin, stride, left, radix }: Pass) {
  const far = stride * left;
  const n = far * radix;
  for (let j = 0; j < left; j++) {
    for (let k = 0; k < radix; k++) {
      // Twiddle and butterfly in one: exp(-2πi (j k stride + r k far) / n).
      const turn = j * k * stride, step = (k * far) % n;
      for (let q = 0; q < stride; q++) {
        let sumRe = 0, sumIm = 0;
        for (let r = 0, at = q + stride * j, w = turn % n; r < radix; r++, at += far) {
          sumRe += re[at] * cos[w] - im[at] * sin[w];
          sumIm += re[at] * sin[w] + im[at] * cos[w];
          w += step;
          if (w >= n) w -= n;
        }
        const out = q + stride * (radix * j + k);
        outRe[out] = sumRe;
        outIm[out] = sumIm;
      }
    }
  }
}

/** Bluestein 1970: nk = (n² + k² - (k - n)²) / 2 makes the transform a convolution, done by powers of two. */
function bluestein(n: number): ComplexFft {
  let size = 1;
  while (size < 2 * n - 1) size *= 2;
  const fft = complexFft(size);
  // k² modulo 2n keeps the angle exact for large k.
  const angle = (k: number) => Math.PI * ((k * k) % (2 * n)) / n;
  const cos = Float64Array.from({ length: n }, (_, k) => Math.cos(angle(k)));
  const sin = Float64Array.from({ length: n }, (_, k) => Math.sin(angle(k)));
  const chirpRe = new Float64Array(size), chirpIm = new Float64Array(size);
  for (let k = 0; k < n; k++) {
    chirpRe[k] = chirpRe[(size - k) % size] = cos[k];
    chirpIm[k] = chirpIm[(size - k) % size] = sin[k];
  }
  fft(chirpRe, chirpIm);
  const workRe = new Float64Array(size), workIm = new Float64Array(size);
  return (re, im) => {
    workRe.fill(0);
    workIm.fill(0);
    for (let k = 0; k < n; k++) {
      workRe[k] = re[k] * cos[k] + im[k] * sin[k];
      workIm[k] = im[k] * cos[k] - re[k] * sin[k];
    }
    fft(workRe, workIm);
    for (let k = 0; k < size; k++) {
      const productRe = workRe[k] * chirpRe[k] - workIm[k] * chirpIm[k];
      workIm[k] = workRe[k] * chirpIm[k] + workIm[k] * chirpRe[k];
      workRe[k] = productRe;
    }
    fft(workIm, workRe); // swapped: the inverse
    for (let k = 0; k < n; k++) {
      re[k] = (workRe[k] * cos[k] + workIm[k] * sin[k]) / size;
      im[k] = (workIm[k] * cos[k] - workRe[k] * sin[k]) / size;
    }
  };
}
