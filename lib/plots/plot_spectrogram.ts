import type { Figure, FigureOptions } from "./figure.ts";
import { bandTicks } from "./band_ticks.ts";
import { MAGMA } from "./magma.ts";
import { plotTemplate } from "./template.ts";

/** Options of {@linkcode plotSpectrogram}. */
export interface SpectrogramOptions extends FigureOptions {
  /** Number of bands; `spectrogram` is `[frames, nMels]`, row-major. */
  nMels: number;
  /** Seconds between two frames. */
  hop: number;
  /** Centre of each band, Hz. */
  bandsHz: readonly number[];
  /** Unit of the values. @default {"dB"} */
  unit?: string;
}

/** A log-Mel spectrogram: time to the right, bands upwards at equal heights with their centres in Hz, magma colours. */
export function plotSpectrogram(spectrogram: Float32Array, options: SpectrogramOptions): Figure {
  const { title = "Log-Mel spectrogram", theme = "light", nMels, hop, bandsHz, unit = "dB" } = options;
  const frames = spectrogram.length / nMels;
  const ticks = bandTicks(bandsHz);
  const colour = (i: number) => `rgb(${MAGMA[i].join(",")})`;
  return {
    data: [{
      type: "heatmap",
      x: Array.from({ length: frames }, (_, frame) => round(frame * hop, 4)),
      y: bandsHz.map((hz) => `${hz.toFixed(1)} Hz`),
      z: Array.from(
        { length: nMels },
        (_, band) => Array.from({ length: frames }, (_, frame) => round(spectrogram[frame * nMels + band], 1)),
      ),
      colorscale: Array.from({ length: 18 }, (_, i): [number, string] => [i / 17, colour(15 * i)]),
      colorbar: { title: { text: unit, side: "right" }, thickness: 12 },
      hovertemplate: `%{x:.2f} s, %{y}: %{z:.1f} ${unit}<extra></extra>`,
    }],
    layout: {
      template: plotTemplate(theme),
      title: { text: title },
      xaxis: { title: { text: "time (s)" }, showgrid: false },
      yaxis: {
        type: "category",
        title: { text: "frequency (Hz, Mel scale)" },
        tickvals: ticks.map((tick) => tick.band),
        ticktext: ticks.map((tick) => String(tick.hz)),
        showgrid: false,
      },
      height: 340,
    },
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
