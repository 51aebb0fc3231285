import type { Figure, FigureOptions } from "./figure.ts";
import { SERIES, titled } from "./template.ts";

export interface WaveformOptions extends FigureOptions {
  /** Hz. */
  sampleRate: number;
  /** Number of points in time; longer signals are drawn as the envelope of least and greatest. @default {1500} */
  points?: number;
}

/** The signal by time. Extremes survive the thinning, so a click of one sample is seen. */
export function plotWaveform(samples: Float32Array, options: WaveformOptions): Figure {
  const { title = "Waveform", sampleRate, points = 1500 } = options;
  const block = Math.max(1, Math.ceil(samples.length / points));
  const x: number[] = [], y: number[] = [];
  for (let start = 0; start < samples.length; start += block) {
    let least = start, greatest = start;
    for (let i = start; i < Math.min(samples.length, start + block); i++) {
      if (samples[i] < samples[least]) least = i;
      if (samples[i] > samples[greatest]) greatest = i;
    }
    for (const i of new Set([Math.min(least, greatest), Math.max(least, greatest)])) {
      x.push(i / sampleRate);
      y.push(samples[i]);
    }
  }
  return {
    data: [{
      ...{ type: "scatter", mode: "lines", x, y },
      line: { width: 1, color: SERIES.light[0] },
      hovertemplate: "%{x:.3f} s: %{y:.3f}<extra></extra>",
    }],
    layout: {
      ...titled(title),
      xaxis: { title: { text: "time (s)" }, range: [0, samples.length / sampleRate] },
      yaxis: { title: { text: "amplitude (full scale = 1)" } },
      height: 240,
    },
  };
}
