/** Which curve of pitch against frequency: `"slaney"` (Auditory Toolbox, librosa's default) or `"htk"` (HTK, Kaldi, torchaudio). */
export type MelScale = "slaney" | "htk";

// Slaney 1998: linear below 1 kHz, then 27 steps for each factor 6.4.
const LINEAR = 200 / 3;
const KNEE_HZ = 1000;
const KNEE_MEL = KNEE_HZ / LINEAR;
const LOG_STEP = Math.log(6.4) / 27;

export function hzToMel(hz: number, scale: MelScale = "slaney"): number {
  if (scale === "htk") return 2595 * Math.log10(1 + hz / 700);
  return hz < KNEE_HZ ? hz / LINEAR : KNEE_MEL + Math.log(hz / KNEE_HZ) / LOG_STEP;
}

export function melToHz(mel: number, scale: MelScale = "slaney"): number {
  if (scale === "htk") return 700 * (10 ** (mel / 2595) - 1);
  return mel < KNEE_MEL ? LINEAR * mel : KNEE_HZ * Math.exp(LOG_STEP * (mel - KNEE_MEL));
}

/** `count` frequencies in Hz from `fMin` to `fMax`, equidistant in Mel (librosa `mel_frequencies`). */
export function melFrequencies(
  count: number,
  { fMin, fMax, scale = "slaney" }: { fMin: number; fMax: number; scale?: MelScale },
): Float64Array {
  const low = hzToMel(fMin, scale);
  const step = (hzToMel(fMax, scale) - low) / (count - 1);
  return Float64Array.from({ length: count }, (_, i) => melToHz(low + i * step, scale));
}

/** The peak of each band's triangle, Hz. */
export function bandAxis(
  { nMels, fMin, fMax, melScale }: { nMels: number; fMin: number; fMax: number; melScale?: MelScale },
): Float64Array {
  return melFrequencies(nMels + 2, { fMin, fMax, scale: melScale }).slice(1, -1);
}
