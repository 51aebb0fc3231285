import { metadataColumn } from "../../metadata/metadata_values.ts";
import { z } from "zod";
import { HEART_STATES } from "../../audio/heart_cycles/frame_network.ts";
import { HEART_READINGS } from "../../audio/heart_reading.ts";
import { decisionRule } from "../../decision/decision_rule.ts";
import { qualityLimits } from "../../rejection/quality_limits.ts";
import { trainingNeighbours } from "../../rejection/training_neighbours.ts";
import { inputShape, knowsInput } from "../../features/open_input.ts";
import type { WindowShape } from "../../features/window_shape.ts";
import { type InputOptions, inputSchema } from "../../features/input_options.ts";
import { averageOptions } from "../../features/sound_views.ts";
import {
  flag,
  integer,
  maybeInteger,
  maybeText,
  number,
  numberOrNull,
  one,
  schemaOf,
  type Shaped,
  text,
} from "../../files/json_shape.ts";
import { unit } from "../../scores/score.ts";

/** A part of somebody's own, as runs and bundles name it. */
const part = {
  /** `"model"`, `"input"`, `"loss"`, … */
  part: text,
  kind: text,
  /** Path of the module that defined it. */
  module: text,
  /** Of its source and of what that imports by paths. */
  sha256: text,
};
export const ownPart: z.ZodType<Shaped<typeof part>> = schemaOf(part);

/** What a model reached on recordings that it hadn't heard: the score that its experiment is read by. */
const worth = {
  /** Name of the score, as in `metrics.json`. */
  score: text,
  /** What readers call it, where it isn't built in. */
  title: maybeText,
  part: text,
  /** What it is a mean over, where it is one: `"mean over the sources"`. */
  over: maybeText,
  value: number,
  /** Ends of the interval; `null` where there were too few subjects for one. */
  low: numberOrNull,
  high: numberOrNull,
  level: number,
  /** Units that were judged. */
  n: integer,
  unit,
  /** The best score that needs no such model, and what reaches it (`majority`, `shortcut`, `linear`, …). */
  floor: number,
  by: text,
  /** Whether a lower score is better. */
  lower: flag,
};
export type BundleWorth = Shaped<typeof worth>;

/** Beyond these all probabilities are 0, 1 or equal. */
const temperature: z.ZodNumber = z.number().min(1e-3).max(1e6);

/** Longer windows, s, and more values in one fill the memory. */
const LONGEST = 1200, MOST = 4e6;

const positive: z.ZodNumber = z.number().positive(), count: z.ZodNumber = z.int().positive();

/** The name of a file beside `bundle.json`. */
const fileName: z.ZodString = z.string().regex(/^[^/\\]+$/, "the name of a file in the same folder is wanted");

/** One network of a bundle; the calibrated probabilities of several are averaged. */
const member = {
  fold: integer,
  seed: integer,
  /** The fold that it is judged in together with others: the outer one of a nested protocol. */
  outer: maybeInteger,
  /** What its logits are divided by, so that its probabilities are calibrated before they are averaged. */
  temperature: temperature.default(1) as z.ZodType<number>,
  /** Path below the bundle of the tfjs-layers model; its weights lie beside it. */
  model: fileName,
  /** Path below the bundle of the ONNX file. */
  onnx: fileName,
  /** Mean of each channel of each band over the training windows. */
  mean: [number],
  /** Standard deviation of each channel of each band over the training windows. */
  std: [positive],
  /** What it is given beside the sound, in frames behind those of a window. */
  metadata: z.array(metadataColumn).min(1).optional() as z.ZodOptional<z.ZodArray<typeof metadataColumn>>,
  /** Of a network by frame: the logistic regression that makes classes of what its frames come to, `[rows, readings + 1]`. */
  reader: z.array(number).optional() as z.ZodOptional<z.ZodArray<z.ZodNumber>>,
};
export type BundleMember = Shaped<typeof member>;
export const bundleMember: z.ZodType<BundleMember> = schemaOf(member);

/** What networks answer of each frame, and what makes of that an answer for a recording. */
const frameAnswers = {
  classes: z.array(text).min(2) as z.ZodArray<z.ZodString>,
  items: z.literal("heart-cycles") as z.ZodLiteral<"heart-cycles">,
};

const rules: z.ZodType<Record<string, unknown>> = z.record(text, z.unknown());

const shape = {
  version: one,
  /** What its networks answer where that is no class: which crops are of one recording. */
  answers: z.literal("recordings").optional() as z.ZodOptional<z.ZodLiteral<"recordings">>,
  /** Name of the experiment. */
  name: text,
  title: text,
  dataset: text,
  /** What its data are called. */
  data: maybeText,
  task: text,
  classes: z.array(text).min(2) as z.ZodArray<z.ZodString>,
  /** Of networks that answer by frame; others answer in `classes` for a window. */
  frameAnswers: schemaOf(frameAnswers).optional() as z.ZodOptional<z.ZodType<Shaped<typeof frameAnswers>>>,
  /** How a recording becomes windows. */
  input: inputSchema,
  /** How else a recording is heard; not in bundles that hear it as it is. */
  average: averageOptions.optional() as z.ZodOptional<typeof averageOptions>,
  /** Inputs of somebody's own that it hears by, whose code it does not hold. */
  parts: z.array(ownPart).optional() as z.ZodOptional<z.ZodArray<typeof ownPart>>,
  /** Shape of a window. */
  frames: count,
  bands: count,
  channels: count,
  members: z.array(bundleMember).min(1) as z.ZodArray<typeof bundleMember>,
  /** `DecisionRule` of `lib/decision`, fitted on out-of-fold predictions. */
  decision: rules,
  /** The same, which joins the answers for the recordings of a subject; the mean does where it is left out. */
  subjectDecision: rules.optional() as z.ZodOptional<typeof rules>,
  /** Tells novel recordings, and what a recording resembles; bundles without it refuse none as novel. */
  neighbours: trainingNeighbours.optional() as z.ZodOptional<typeof trainingNeighbours>,
  /** How poor a recording may be; bundles without it go by what experts called poor elsewhere. */
  quality: qualityLimits.optional() as z.ZodOptional<typeof qualityLimits>,
  /** Windows of the longest item that the rule was fitted and judged on. */
  mostWindows: maybeInteger,
  /** Items that any of the members was trained on, by class. */
  trainedOn: z.record(text, z.int().nonnegative()) as z.ZodRecord<z.ZodString, z.ZodNumber>,
  /** What it is worth. */
  worth: schemaOf(worth).optional() as z.ZodOptional<z.ZodType<BundleWorth>>,
  /** What `isKnownSound` knows the recordings by that a network learned from or was chosen by. */
  known: text.regex(/^([0-9a-f]{12})*$/).optional() as typeof maybeText,
  /** SHA-256 of the run's `splits.json`, which says whom its networks know. */
  splits: maybeText,
  /** SHA-256 of every other file beside it, by name. */
  files: z.record(text, text).optional() as z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>,
  /** SHA-256 of all this, see `sealBundle`. */
  digest: maybeText,
};
export type Bundle = Shaped<typeof shape>;

/** A file of a run as it is written now: earlier versions called the bands of a window, of one channel, `nMels`. */
export function inBands(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || !("nMels" in raw)) return raw;
  const { nMels: bands, ...rest } = raw;
  return { ...rest, bands, channels: 1 };
}

/** `model/bundle.json`: all that turns a recording into a decision, beside the weights. */
export const bundle: z.ZodType<Bundle> = z.preprocess(inBands, schemaOf(shape)).superRefine((bundle, context) => {
  const refuse = (message: string, ...path: (string | number)[]) => context.addIssue({ code: "custom", message, path });
  const { classes, members, frames, bands, channels, input, neighbours } = bundle;
  if (new Set(classes).size < classes.length) refuse("a class stands there twice", "classes");
  const readings = (classes.length === 2 ? 1 : classes.length) * (HEART_READINGS + 1);
  for (const [i, { mean, std, reader }] of members.entries()) {
    if (reader?.length !== (bundle.frameAnswers ? readings : undefined)) {
      refuse("no reader of frames", "members", i, "reader");
    }
    for (const [name, { length }] of Object.entries({ mean, std })) {
      if (length !== bands * channels) refuse(`${length} values, not ${bands} x ${channels}`, "members", i, name);
    }
  }
  if (bundle.frameAnswers && bundle.frameAnswers.classes.length !== HEART_STATES.length) {
    refuse("other frames", "frameAnswers", "classes");
  }
  for (const name of ["decision", "subjectDecision"] as const) {
    const rule = decisionRule.safeParse(bundle[name] ?? {});
    if (!rule.success) refuse(rule.error.issues[0].message, name, ...rule.error.issues[0].path.map(String));
    else if (!isRule(rule.data, classes.length)) refuse("no rule for these classes", name);
  }
  if (neighbours && !areNeighbours(neighbours, classes.length)) refuse("lists of different lengths", "neighbours");
  if (!knowsInput(input)) return; // it is only shown: whoever opens it asked for the code before
  // A window is at most so many values before it is made.
  const small = input.seconds <= LONGEST && frames * bands * channels <= MOST && (input.hop ?? input.seconds) >= 0.01;
  const shape = small ? shapeOf(input) : undefined;
  if (shape?.frames !== frames || shape.bands !== bands || shape.channels !== channels) {
    refuse("windows that the input doesn't give", "frames");
  }
});

/** Numbers that a network of the bundle gives for a window. */
export function outputsOf(
  { frames, classes, frameAnswers }: Pick<Bundle, "frames" | "classes" | "frameAnswers">,
): number {
  return frameAnswers ? frames * frameAnswers.classes.length : classes.length;
}

function isRule({ weights, isotonic, temperature: fitted }: z.output<typeof decisionRule>, classes: number): boolean {
  const ascending = isotonic?.x.every((x, i, all) => i === 0 || x >= all[i - 1]) ?? true;
  return temperature.safeParse(fitted).success && ascending && isotonic?.x.length === isotonic?.y.length &&
    (weights?.length ?? classes) === classes;
}

function areNeighbours({ mean, std, labels, points }: z.output<typeof trainingNeighbours>, classes: number): boolean {
  return std.length === mean.length && labels.length > 0 && labels.every((label) => label < classes) &&
    points.length === 4 * Math.ceil(labels.length * mean.length / 3);
}

function shapeOf(input: InputOptions): WindowShape | undefined {
  try {
    return inputShape(input);
  } catch {
    return undefined; // a length that holds no frame
  }
}
