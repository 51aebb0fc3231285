import { type FeaturePreset, featurePreset, type InputOptions } from "../../features/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import { cited } from "./cited.ts";
import { settings } from "./settings.ts";

const FILLED = {
  zero: "was filled by silence",
  circular: "was filled by repeating it",
  reflect: "was filled by repeating it backwards",
  none: "was heard as long as it is",
};

/** From a recording to the windows that a network sees. */
export function featureSentences({ config, bundle }: PaperRun["run"]): string[] {
  const input = (bundle?.input ?? config?.experiment.input) as InputOptions | undefined;
  if (input?.seconds === undefined) return [];
  const { seconds, hop = seconds, padding = "zero", fade, ...own } = input;
  const preset = featurePreset(input);
  const standardised = bundle?.frameAnswers
    ? ""
    : "; each band was standardised by its mean and standard deviation over the training windows";
  const windows = config?.experiment.targets?.kind === "frames"
    ? `Items were learned from in crops of ${seconds} s, each band less its mean in the item and over its deviation there`
    : `Windows of ${seconds} s were taken every ${hop} s; a shorter item ${FILLED[padding]}` +
      `${fade ? `, with a fade of ${fade} s` : ""}`;
  return [
    ...(preset ? presetSentences(preset, (input as { preset: string }).preset) : [`The input is ${settings(own)}.`]),
    `${windows}.`,
    bundle
      ? `A window has ${bundle.frames} frames, ${bundle.bands} bands and ${bundle.channels} ` +
        `${bundle.channels === 1 ? "channel" : "channels"}${standardised}.`
      : "",
  ].filter(Boolean);
}

function presetSentences(preset: FeaturePreset, name: string): string[] {
  const { sampleRate, preparation: { bandpass, removeSpikes } } = preset;
  const filter = bandpass && `filtered by a Butterworth band-pass of order ${bandpass.order} from ${bandpass.low} to ` +
      `${bandpass.high} Hz${bandpass.zeroPhase ? ", forwards and backwards" : ""}`;
  const framed = preset.center
    ? `centred, with ${preset.padMode === "reflect" ? "the samples reflected" : "zeros"} beyond the ends`
    : "wholly inside the window";
  const level = levelWords(preset.log), norm = preset.melNorm === "none" ? "not divided" : "divided";
  const emphasis = preset.preEmphasis ? `; pre-emphasis ${preset.preEmphasis}` : "";
  const { normalization } = preset;
  return [
    `Recordings were resampled to ${sampleRate} Hz${filter ? ` and ${filter}` : ""}.`,
    ...(removeSpikes ? [`${cited("Spikes were removed", "schmidt2010")}.`] : []),
    `Log-Mel spectrograms follow the preset ${cited(name)}, with these values: frames of ${preset.winLength} samples ` +
    `(window: ${preset.window}) every ${preset.hopLength} samples, ${framed}; FFT of ${preset.nFft} samples; ` +
    `${preset.power === 2 ? "power" : "magnitude"} in ${preset.nMels} bands from ${preset.fMin} to ${preset.fMax} Hz ` +
    `on the Mel scale (${preset.melScale}), triangles straight over ${preset.triangles === "hz" ? "Hz" : "Mel"}, ` +
    `${norm} by their width; ${level}${emphasis}${preset.removeDc ? "; frames without their mean" : ""}` +
    `${normalization.kind === "none" ? "" : `; normalisation ${settings(normalization)}`}.`,
  ];
}

function levelWords(log: FeaturePreset["log"]): string {
  if (log.kind === "natural") {
    return "floor" in log
      ? `natural logarithm of at least ${log.floor}`
      : `natural logarithm after adding ${log.offset}`;
  }
  const reference = log.reference === "max" ? "the maximum" : log.reference;
  return `decibels re ${reference}${log.topDb === null ? "" : `, at most ${log.topDb} dB below the maximum`}`;
}
