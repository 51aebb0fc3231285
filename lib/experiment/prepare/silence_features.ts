import { realFft } from "../../audio/mod.ts";

/** Edges of the bands of the quiet spectrum, Hz: octaves. */
const EDGES = [31.25, 62.5, 125, 250, 500, 1000, 2000, 4000, 8000];
/** Seconds of a frame, at least. */
const FRAME = 0.032;
/** Share of the frames that count as silence: the quietest. */
const QUIET = 0.1;
/** dB of what isn't there at all. */
const NOTHING = -120;

/** Number of values of {@linkcode silenceFeatures}: level, peak, quiet level, share of zeros, bands. */
export const silenceWidth = 4 + EDGES.length - 1;

/**
 * What of a segment says nothing of heart or lung: its level (RMS, dB of full scale), its peak (dB), the level of its
 * quietest tenth of frames (dB), the share of samples that are exactly 0, and the mean spectrum of these quiet frames in
 * octaves (dB; a band above half the sampling rate is -120). A recorder can be told by them.
 */
export function silenceFeatures(samples: Float32Array, { sampleRate }: { sampleRate: number }): Float64Array {
  const nFft = 2 ** Math.ceil(Math.log2(FRAME * sampleRate));
  const powers: number[] = [];
  for (let start = 0; start + nFft <= samples.length; start += nFft) {
    powers.push(meanSquare(samples.subarray(start, start + nFft)));
  }
  const quiet = powers.map((power, frame) => ({ power, frame })).toSorted((a, b) => a.power - b.power)
    .slice(0, Math.ceil(QUIET * powers.length));
  let peak = 0, zeros = 0;
  for (let i = 0; i < samples.length; i++) {
    peak = Math.max(peak, Math.abs(samples[i]));
    if (samples[i] === 0) zeros++;
  }
  const quietPower = quiet.reduce((sum, { power }) => sum + power / quiet.length, 0);
  const bands = quietBands(samples, quiet.map(({ frame }) => frame), { nFft, sampleRate });
  return Float64Array.of(
    decibel(meanSquare(samples)),
    decibel(peak * peak),
    decibel(quietPower),
    zeros / Math.max(1, samples.length),
    ...bands,
  );
}

function quietBands(
  samples: Float32Array,
  frames: readonly number[],
  { nFft, sampleRate }: { nFft: number; sampleRate: number },
): number[] {
  const fft = realFft(nFft);
  const spectrum = new Float32Array(2 * fft.nBins), sums = new Float64Array(EDGES.length - 1);
  const counts = new Float64Array(EDGES.length - 1);
  for (const frame of frames) {
    fft.forward(samples.slice(frame * nFft, (frame + 1) * nFft), spectrum);
    for (let bin = 1; bin < fft.nBins; bin++) {
      const band = EDGES.findLastIndex((edge) => bin * sampleRate / nFft >= edge);
      if (band < 0 || band >= sums.length) continue;
      sums[band] += (spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2) / nFft ** 2;
      counts[band]++;
    }
  }
  return Array.from(sums, (sum, band) => counts[band] > 0 ? decibel(sum / counts[band]) : NOTHING);
}

function meanSquare(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] * samples[i];
  return sum / Math.max(1, samples.length);
}

function decibel(power: number): number {
  return power > 0 ? Math.max(NOTHING, 10 * Math.log10(power)) : NOTHING;
}
