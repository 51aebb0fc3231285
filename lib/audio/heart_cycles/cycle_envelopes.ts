import { bandpass } from "../bandpass.ts";
import { realFft } from "../fft.ts";
import { hilbertEnvelope } from "../hilbert_envelope.ts";
import { homomorphicEnvelope } from "../homomorphic_envelope.ts";
import { removeSpikes } from "../remove_spikes.ts";
import { resample } from "../resample.ts";

/** Envelopes a second, Hz: the resolution of a segmentation is 20 ms. */
export const ENVELOPE_RATE = 50;

/** Hz. */
const SOUND_RATE = 1000;

/** Bands of the short-time spectrum: S1 and S2, their upper part, murmurs, Hz. */
const BANDS = [[40, 60], [60, 125], [125, 250], [250, 400]];

/**
 * What the states of the heart are told by: the homomorphic and the Hilbert envelope and the energy in four bands, all
 * as logarithms of mean 0 and deviation 1 over the recording (Springer et al. 2016, II-C; there with one band and one
 * wavelet detail in place of the four bands).
 *
 * @returns `[6][floor(seconds * ENVELOPE_RATE)]`
 */
export function cycleEnvelopes(samples: Float32Array, { sampleRate }: { sampleRate: number }): Float64Array[] {
  const resampled = resample(samples, { from: sampleRate, to: SOUND_RATE });
  const sound = removeSpikes(bandpass(resampled, { sampleRate: SOUND_RATE, low: 25, high: 400, order: 2 }), {
    sampleRate: SOUND_RATE,
  });
  const hilbert = hilbertEnvelope(sound);
  const homomorphic = homomorphicEnvelope(sound, { sampleRate: SOUND_RATE });
  return [blockMeans(homomorphic), blockMeans(hilbert), ...bandEnergies(sound)].map(standardLogarithm);
}

const STEP = SOUND_RATE / ENVELOPE_RATE;

function blockMeans(envelope: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.floor(envelope.length / STEP) }, (_, t) => {
    return envelope.subarray(t * STEP, (t + 1) * STEP).reduce((sum, x) => sum + x, 0) / STEP;
  });
}

/** Root of the energy in each band around the middle of each step: Hann windows of 64 ms. */
function bandEnergies(sound: Float32Array): Float64Array[] {
  const nFft = 64;
  const { nBins, forward } = realFft(nFft);
  const window = Float64Array.from({ length: nFft }, (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / nFft));
  const frame = new Float32Array(nFft), spectrum = new Float32Array(2 * nBins);
  const energies = BANDS.map(() => new Float64Array(Math.floor(sound.length / STEP)));
  for (let t = 0; t < energies[0].length; t++) {
    const first = t * STEP + STEP / 2 - nFft / 2;
    for (let i = 0; i < nFft; i++) frame[i] = (sound[first + i] ?? 0) * window[i];
    forward(frame, spectrum);
    for (const [b, [low, high]] of BANDS.entries()) {
      for (let k = Math.ceil(low * nFft / SOUND_RATE); k < high * nFft / SOUND_RATE; k++) {
        energies[b][t] += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
      }
    }
  }
  return energies.map((energy) => energy.map(Math.sqrt));
}

function standardLogarithm(envelope: Float64Array): Float64Array {
  const floor = 1e-4 * envelope.reduce((max, x) => Math.max(max, x), 1e-30);
  const logarithm = envelope.map((x) => Math.log(x + floor));
  const mean = logarithm.reduce((sum, x) => sum + x, 0) / logarithm.length;
  const square = logarithm.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logarithm.length;
  return logarithm.map((x) => (x - mean) / (Math.sqrt(square) || 1));
}
