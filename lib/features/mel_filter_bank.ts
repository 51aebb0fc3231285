import { InputError } from "../errors/mod.ts";
import { hzToMel, melFrequencies, type MelScale } from "./mel_scale.ts";

export interface MelFilterBankOptions {
  /** Samples a second, Hz. */
  sampleRate: number;
  /** Length of the FFT in samples; the bank has `floor(nFft / 2) + 1` bins. */
  nFft: number;
  /** Number of bands. */
  nMels: number;
  /** Lowest edge, Hz. @default {0} */
  fMin?: number;
  /** Highest edge, Hz. @default {sampleRate / 2} */
  fMax?: number;
  /** @default {"slaney"} */
  melScale?: MelScale;
  /** `"slaney"` divides each band by half its width in Hz, so that white noise comes out flat. @default {"slaney"} */
  melNorm?: "slaney" | "none";
  /** Whether the sides of a triangle are straight over Hz (librosa, torchaudio) or over Mel (Kaldi). @default {"hz"} */
  triangles?: "hz" | "mel";
  /** What to do with a band that no FFT bin falls into: it would be silent for every sound. @default {"refuse"} */
  emptyBands?: "refuse" | "keep";
}

/**
 * The triangular filters that turn a power spectrum into Mel bands, as in librosa 0.11 `filters.mel`, or, with
 * `triangles: "mel"`, as in Kaldi.
 *
 * @returns `[nMels, floor(nFft / 2) + 1]`, row-major.
 * @throws {InputError} naming the bands that hold no FFT bin, and the nFft that would do.
 *
 * @example The lowest of four bands
 * ```ts
 * import { expect } from "expect";
 * import { melFilterBank } from "./mod.ts";
 * const bank = melFilterBank({ sampleRate: 4000, nFft: 256, nMels: 4, fMin: 50 });
 * expect(Math.max(...bank.subarray(0, 129))).toBeCloseTo(0.00308, 5);
 * ```
 */
export function melFilterBank(options: MelFilterBankOptions): Float64Array {
  const { nFft, nMels } = options;
  checkEdges(options);
  const bank = triangles(options);
  const nBins = Math.floor(nFft / 2) + 1;
  const empty = emptyBands(bank, nMels, nBins);
  if (empty.length > 0 && options.emptyBands !== "keep") {
    let enough = 2 ** Math.ceil(Math.log2(nFft + 1));
    while (emptyBands(triangles({ ...options, nFft: enough }), nMels, enough / 2 + 1).length > 0) enough *= 2;
    const bands = `${empty.length === 1 ? "band" : "bands"} ${empty.slice(0, 8).join(", ")}`;
    throw new InputError({
      expected: "an FFT bin in every Mel band",
      found: `none in ${empty.length} of ${nMels} (${bands}${empty.length > 8 ? ", …" : ""})`,
      where: `a bank of ${nMels} bands on ${nBins} bins of ${(options.sampleRate / nFft).toFixed(1)} Hz`,
      remedy: `use nFft ${enough} (winLength may stay), or fewer bands`,
    });
  }
  return bank;
}

function triangles(options: MelFilterBankOptions): Float64Array {
  const { sampleRate, nFft, nMels, fMin = 0, fMax = sampleRate / 2, melScale = "slaney" } = options;
  const { melNorm = "slaney", triangles = "hz" } = options;
  const nBins = Math.floor(nFft / 2) + 1;
  const edgesHz = melFrequencies(nMels + 2, { fMin, fMax, scale: melScale });
  const axis = (hz: number) => triangles === "mel" ? hzToMel(hz, melScale) : hz;
  const edges = edgesHz.map(axis);
  const bins = Float64Array.from({ length: nBins }, (_, bin) => axis(bin * sampleRate / nFft));
  const bank = new Float64Array(nMels * nBins);
  for (let band = 0; band < nMels; band++) {
    const [low, peak, high] = edges.subarray(band, band + 3);
    const height = melNorm === "slaney" ? 2 / (edgesHz[band + 2] - edgesHz[band]) : 1;
    for (let bin = 0; bin < nBins; bin++) {
      const rise = (bins[bin] - low) / (peak - low);
      const fall = (high - bins[bin]) / (high - peak);
      bank[band * nBins + bin] = height * Math.max(0, Math.min(rise, fall));
    }
  }
  return bank;
}

function emptyBands(bank: Float64Array, nMels: number, nBins: number): number[] {
  const bands = Array.from({ length: nMels }, (_, band) => band);
  return bands.filter((band) => bank.subarray(band * nBins, (band + 1) * nBins).every((weight) => weight === 0));
}

function checkEdges({ sampleRate, nFft, nMels, fMin = 0, fMax = sampleRate / 2 }: MelFilterBankOptions): void {
  const refuse = (expected: string, found: string) => {
    throw new InputError({ expected, found });
  };
  if (!(sampleRate > 0 && Number.isFinite(sampleRate))) refuse("a sampleRate above 0 Hz", `${sampleRate}`);
  if (!(Number.isInteger(nFft) && nFft > 1)) refuse("nFft to be a whole number above 1", `${nFft}`);
  if (!(Number.isInteger(nMels) && nMels > 0)) refuse("nMels to be a whole number above 0", `${nMels}`);
  if (!(fMax <= sampleRate / 2)) refuse(`fMax to be at most half the sample rate (${sampleRate / 2} Hz)`, `${fMax} Hz`);
  if (!(fMin >= 0 && fMin < fMax)) refuse(`fMin to be from 0 to below fMax (${fMax} Hz)`, `${fMin} Hz`);
}
