/**
 * Shapes of a frame: `"hann"` is periodic as in librosa; `"hann-symmetric"`, `"hamming"` and `"povey"` are Kaldi's, which end
 * as they begin (librosa's `hamming` is periodic).
 */
export type WindowName = "hann" | "hann-symmetric" | "hamming" | "povey" | "rectangular";

/** The weights of a window of `length` samples. */
export function windowFunction(name: WindowName, length: number): Float64Array {
  const period = name === "hann" ? length : Math.max(1, length - 1);
  const raised = (a: number) => (_: unknown, i: number) => a - (1 - a) * Math.cos(2 * Math.PI * i / period);
  switch (name) {
    case "hann":
    case "hann-symmetric":
      return Float64Array.from({ length }, raised(0.5));
    case "hamming":
      return Float64Array.from({ length }, raised(0.54));
    case "povey": // Povey et al., Kaldi: a Hann window that goes to zero like a Hamming
      return Float64Array.from({ length }, raised(0.5)).map((weight) => weight ** 0.85);
    case "rectangular":
      return new Float64Array(length).fill(1);
  }
}
