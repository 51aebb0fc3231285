import { checkSamples } from "./check_samples.ts";
import { fitLength } from "./fit_length.ts";
import { resample } from "./resample.ts";
import models from "./signal_quality/models.json" with { type: "json" };
import { type QualityIndices, qualityIndices } from "./signal_quality/quality_indices.ts";
import { describeInput, qualityProbability } from "./signal_quality/quality_model.ts";

export interface SignalQualityOptions {
  /** Hz; below 500 nothing can be judged, and the verdict says so. */
  sampleRate: number;
  /** What the recording should hold: the judgement of each was learned from experts on its own. @default {"lung"} */
  sound?: "lung" | "heart";
  /** Probabilities that are usual for the device: above these alone a recording is poor or unusable. */
  usual?: { poor: number; unusable: number };
}

/** Whether a recording can be judged, and why not. */
export interface SignalQuality {
  verdict: "good" | "poor" | "unusable";
  /** Phrases for the reader, the weightiest first; none for a good recording. */
  reasons: string[];
  /** How likely experts would call it too poor to judge. */
  probability: number;
  indices: QualityIndices;
}

/** Slower ones hold nothing above 250 Hz, Hz. */
const SLOWEST = 500;

/** Shorter recordings hold no whole heart cycle, seconds. */
const SHORTEST = 0.5;

/** Faults that no labelled recording has, with limits set by judgement: from which value on a recording is poor or unusable. */
const FAULTS = [
  { index: "clipping", poor: 0.005, unusable: 0.1, says: "of the samples are clipped" },
  { index: "dropout", poor: 0.1, unusable: 0.5, says: "of the time nothing was recorded" },
] as const;

/** Below it there is nothing but the last bit of 16, dB below full scale. */
const SILENCE = -90;

/** So many reasons at most speak of the sound itself. */
const MOST_REASONS = 3;

/**
 * Judges whether a recording is good enough to be classified: indices from the literature, one verdict, its reasons.
 * The limits were calibrated against experts' labels by subject folds; the README beside says how well it does.
 *
 * @throws {InputError} for NaN samples, no samples.
 *
 * @example Silence can't be judged
 * ```ts
 * import { expect } from "expect";
 * import { signalQuality } from "./mod.ts";
 * const { verdict, reasons } = signalQuality(new Float32Array(8000), { sampleRate: 4000 });
 * expect([verdict, reasons[0]]).toEqual(["unusable", "it is silent"]);
 * ```
 */
export function signalQuality(samples: Float32Array, options: SignalQualityOptions): SignalQuality {
  const { sampleRate, sound = "lung", usual = { poor: 0, unusable: 0 } } = options;
  checkSamples(samples, { sampleRate, where: "signalQuality()" });
  const shortest = Math.ceil(SHORTEST * sampleRate);
  const enough = samples.length < shortest ? fitLength(samples, shortest, "reflect") : samples;
  const measured = sampleRate < SLOWEST
    ? { samples: resample(enough, { from: sampleRate, to: SLOWEST }), sampleRate: SLOWEST }
    : { samples: enough, sampleRate };
  const indices = qualityIndices(measured.samples, measured);
  const model = models[sound];
  const { probability, contributions } = qualityProbability(indices, model);
  const faults = faultsOf(indices, { duration: samples.length / sampleRate, sampleRate });
  const odd = probability > Math.max(model.poor, usual.poor);
  const unusable = faults.some((fault) => fault.unusable) || probability > Math.max(model.unusable, usual.unusable);
  const weightiest = contributions
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, MOST_REASONS)
    .filter(({ contribution }) => contribution > 0)
    .map(describeInput);
  return {
    verdict: unusable ? "unusable" : faults.length > 0 || odd ? "poor" : "good",
    reasons: [...faults.map(({ reason }) => reason), ...odd ? [plainly(sound, weightiest)] : []],
    probability,
    indices,
  };
}

/** In plain words first; what was measured stands behind them. */
function plainly(sound: "lung" | "heart", measured: readonly string[]): string {
  const plain = `it sounds unlike good recordings of a ${sound}: noise, rubbing, or too faint`;
  return measured.length > 0 ? `${plain} (${measured.join("; ")})` : plain;
}

/** The probabilities above which a recording is poor or unusable where nothing is known of its device. */
export function signalQualityLimits(sound: "lung" | "heart"): { poor: number; unusable: number } {
  const { poor, unusable } = models[sound];
  return { poor, unusable };
}

function faultsOf(
  indices: QualityIndices,
  { duration, sampleRate }: { duration: number; sampleRate: number },
): { reason: string; unusable: boolean }[] {
  const whole: [holds: boolean, reason: string][] = [
    [indices.level < SILENCE, "it is silent"],
    [sampleRate < SLOWEST, `a rate of ${sampleRate} Hz keeps hardly anything of a heart or lung`],
    [duration < SHORTEST, `it lasts ${duration.toFixed(2)} s only`],
  ];
  return [
    ...whole.filter(([holds]) => holds).map(([, reason]) => ({ reason, unusable: true })),
    ...FAULTS.map((fault) => ({ ...fault, share: indices[fault.index] })).filter(({ share, poor }) => share >= poor)
      .map(({ share, unusable, says }) => ({
        reason: `${(100 * share).toFixed(1)} % ${says}`,
        unusable: share >= unusable,
      })),
  ];
}
