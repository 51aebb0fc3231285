// Runs in a page as well as on the command line: no file, no Deno. Single files are imported where a room's mod.ts
// would bring file access along.
import { resample } from "../audio/resample.ts";
import { segmentHeartCycles } from "../audio/segment_heart_cycles.ts";
import { signalQuality } from "../audio/signal_quality.ts";
import { InputError } from "../errors/mod.ts";
import { bodySound } from "../rejection/body_sound.ts";
import { applyDecision, type DecisionRule, decisionRule } from "../decision/decision_rule.ts";
import { farMetadata, unknownMetadata } from "../metadata/doubtful_metadata.ts";
import { openInput } from "../features/open_input.ts";
import type { Bundle } from "../runs/bundle/bundle_schema.ts";
import { isKnownSound } from "../runs/bundle/known_sounds.ts";
import { compareSound } from "./compare_sound.ts";
import { hearCycles, type HeardPieces, heartSummary } from "./hear_cycles.ts";
import { hearWindows } from "./hear_windows.ts";
import type { Predictor } from "./predictor.ts";
import type { SoundPrediction } from "./sound_prediction.ts";

export interface PredictSoundOptions {
  /** Of the samples, Hz. */
  sampleRate: number;
  /** Answer poor and novel recordings too, with what speaks against it as reasons. @default {false} */
  evenPoor?: boolean;
  /** What is known of patient and recording, for networks that are given it: `{ age: "Child", sex: "female" }`. @default {nothing} */
  attributes?: Readonly<Record<string, string | number>>;
}

/** Longer recordings are refused: they hold more than one examination, and their windows more than a page's memory. */
const LONGEST = 1200; // seconds

/**
 * A whole recording through the whole pipeline: quality, preparation, windows, features, networks, and the
 * rule that joins the windows, calibrates and decides.
 * It is an item of the evaluation that spans the recording, so its figures are those that the run was judged by.
 *
 * @param samples One channel.
 * @throws {InputError} for NaN samples, no samples, or a sample rate below 500 Hz.
 */
export async function predictSound(
  { bundle, networks }: Predictor,
  samples: Float32Array,
  { sampleRate, evenPoor = false, attributes = {} }: PredictSoundOptions,
): Promise<SoundPrediction> {
  const duration = samples.length / sampleRate;
  const known = await isKnownSound(samples, bundle.known);
  const nothing = { label: null, probabilities: null, timeline: [], resembles: [], heart: null, states: [] };
  const refuse = (reasons: string[], novelty: number | null = null): SoundPrediction => (
    { verdict: "refused", ...nothing, reasons, duration, novelty, known }
  );
  if (duration > LONGEST) {
    return refuse([`it lasts ${(duration / 60).toFixed(0)} minutes: cut out the examination, at most 20 minutes`]);
  }
  const sound = bundle.quality?.sound ?? bodySound(bundle.name, bundle);
  const quality = signalQuality(samples, { sampleRate, sound, usual: bundle.quality });
  const poor = quality.reasons;
  if (quality.verdict === "unusable" && !evenPoor) return refuse(poor);

  const input = openInput(bundle.input);
  const rate = input.sampleRate;
  const heard = sampleRate === rate ? samples : resample(samples, { from: sampleRate, to: rate });
  const { unlike, novelty, resembles } = compareSound(heard, { bundle, sampleRate: rate });
  if (unlike.length > 0 && !evenPoor) return refuse([...unlike, ...poor], novelty);

  const prepared = input.prepare(heard, { sampleRate: rate });
  const hear = bundle.frameAnswers ? hearCycles : hearWindows;
  const { pieces, said, cycles } = await hear({ bundle, networks }, prepared, {
    ...{ input, attributes, recording: { samples, sampleRate } },
  });
  // The heart that every recording is followed by knows more hearts than the networks of a small run.
  const own = cycles?.isHeard ? cycles.heart : undefined;
  const heart = own ?? (sound === "heart" ? heartSummary(segmentHeartCycles(samples, { sampleRate })) : null);
  if (cycles && !own && !heart?.heartRate && !evenPoor) return refuse([cycles.heart.reason!, ...poor], novelty);

  const { answer, doubts } = decide(bundle, { pieces, said });
  const lost = cycles && (own ? own.reason : "the model's own networks can't follow the heart in it");
  const reasons = [...unlike, ...lost ? [lost] : [], ...poor, ...metadataDoubts(networks, attributes), ...doubts];
  const verdict = reasons.length > 0 ? "unsure" : "answer";
  return { verdict, ...answer, reasons, duration, novelty, known, resembles, heart, states: cycles?.states ?? [] };
}

/** The answer by the bundle's rule, and what of the rule speaks against it. */
function decide({ classes, decision, mostWindows }: Bundle, { pieces, said }: Pick<HeardPieces, "pieces" | "said">) {
  const rule = decisionRule.parse(decision), size = classes.length;
  const decided = applyDecision(rule, said, { size, unitOf: new Int32Array(said.length / size) });
  if (!decided.probabilities.every(Number.isFinite)) {
    throw new InputError({ expected: "probabilities", found: "NaN", where: "the answer of the networks" });
  }
  const each = applyDecision(rule, said.subarray(0, pieces.length * size), { size }).probabilities;
  const timeline = pieces.map(({ start, end }, i) => (
    { start, end, probabilities: [...each.subarray(i * size, (i + 1) * size)] }
  ));
  const doubts = [
    ...lengthDoubts(pieces.length, { rule, most: mostWindows }),
    ...decided.unsure[0] ? [`no class reaches a probability of ${rule.unsureBelow}`] : [],
  ];
  return {
    answer: { label: classes[decided.predicted[0]], probabilities: [...decided.probabilities], timeline },
    doubts,
  };
}

/** Rules by which one window of many is enough. */
const BY_ONE: unknown[] = ["max", "noisy-or", "any-positive"];

/** By such a rule a recording longer than those that it was fitted on is called ill more readily. */
function lengthDoubts(count: number, { rule, most = Infinity }: { rule: DecisionRule; most?: number }): string[] {
  if (count <= most || !BY_ONE.includes(rule.aggregation)) return [];
  return [
    `it has ${count} windows, the longest that the model was judged on had ${most}, and its rule ` +
    `(${rule.aggregation}) calls longer recordings ill more readily: cut out a part`,
  ];
}

/** What speaks against an answer in what is known of patient and recording. */
function metadataDoubts(
  networks: Predictor["networks"],
  attributes: NonNullable<PredictSoundOptions["attributes"]>,
): string[] {
  const unknown = unknownMetadata(networks, [attributes]);
  return [
    ...unknown.length > 0
      ? [`the model is given ${unknown.join(", ")} too, and here nothing says it as in training`]
      : [],
    ...farMetadata(networks, [attributes]).map((far) => `training saw no such number as ${far}`),
  ];
}
