// What stands beside the scores of a run.
import { z } from "zod";
import { flag, integer, number, numberOrNull, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";
import { type Scores, scores, unit } from "../scores/score.ts";
import { inBands } from "./bundle/bundle_schema.ts";

/** How networks are fitted to a new place without any label. */
const ADAPTATIONS = ["statistics", "batch-statistics", "prior"] as const;
export type Adaptation = typeof ADAPTATIONS[number];

const difference = { value: numberOrNull, low: numberOrNull, high: numberOrNull };
const differences: z.ZodType<Record<string, Shaped<typeof difference>>> = z.record(text, schemaOf(difference));

/** `adapted.json`: what networks give in another place once they are fitted to it without labels; nothing was chosen by it. */
export const adapted = {
  version: one,
  ways: [{
    way: z.enum(ADAPTATIONS) as z.ZodType<Adaptation>,
    /** Of metrics.json. */
    part: text,
    /** What was found in the place, as a sentence. */
    found: text,
    scores: scores as z.ZodType<Scores>,
    /** Each score less that of the networks as they are, over the same subjects. */
    differences,
  }],
};
export type RunAdapted = Shaped<typeof adapted>;

const FAILED = ["ranking", "threshold", "nothing", "unknown"] as const;
const drawn = { value: numberOrNull, low: numberOrNull, high: numberOrNull };
const beside = { here: numberOrNull, elsewhere: numberOrNull };

/** `places.json`: what carries over to each source that was left out, and what that source differs by from all others. */
export const places = {
  version: one,
  /** What is counted: items, recordings or subjects. */
  unit,
  /** Units that a threshold was taken from, and how often. */
  unlabelled: integer,
  labelled: integer,
  /** Centre of each band, Hz; empty where bands are no frequencies. */
  bandsHz: [number],
  places: [{
    source: text,
    subjects: integer,
    units: integer,
    /** No better than chance at ranking; losing .05 or more by its threshold; neither; or too little is known. */
    failed: z.enum(FAILED) as z.ZodType<typeof FAILED[number]>,
    /** Mean of sensitivity and specificity at the threshold that came along, and at thresholds from units of the place. */
    thresholds: { carried: numberOrNull, unlabelled: drawn, labelled: drawn, half: drawn },
    /** Mean probability of not being healthy. */
    expected: number,
    /** Share that isn't healthy; medians of length (s) and of level (dB of full scale) of the items. */
    differs: { prevalence: beside, seconds: beside, level: beside },
    /** Mean of each channel of each band, as the input gives it. */
    spectrum: { here: [number], elsewhere: [number] },
  }],
};
export type RunPlaces = Shaped<typeof places>;

/** `frames.json`: what a network by frame said. */
export const frames = {
  version: one,
  /** Columns of the posteriors. */
  classes: [text],
  framesPerSecond: number,
  /** Rows of the test part, each with the files `[frames, classes]` of the networks that judged it, and when its first frame is, s. */
  rows: [{ recording: text, start: number, end: number, firstFrame: number, posteriors: [text] }],
  /** Stretches to be shown, from the recording that went worst to the best. */
  shown: [{
    recording: text,
    subject: text,
    /** Share of the recording's known frames that were right. */
    right: number,
    /** Middle of the first frame and distance to the next, s. */
    start: number,
    hop: number,
    frames: integer,
    bands: integer,
    /** Centre of each band, Hz; empty where bands are no frequencies, and then their names. */
    bandsHz: [number],
    bandNames: z.array(text).optional() as z.ZodOptional<z.ZodArray<z.ZodString>>,
    /** File of the spectrogram, `[frames, bands]`. */
    picture: text,
    /** Class of each frame, -1 where none is known. */
    truth: [integer],
    said: [integer],
  }],
};
export type RunFrames = Shaped<typeof frames>;

/** `readings.json` of a fold: what each item's frames come to, in numbers that its answer is read from. */
export const readings = {
  version: one,
  /** Rows of the manifest, validation and test. */
  rows: [{ part: text, row: integer, values: [number] }],
};
export type FrameReadings = Shaped<typeof readings>;

/** `examples/examples.json`: the items that the model got most wrong. Beside it `<id>.wav` and `<id>.npy`. */
const example = {
  id: text,
  fold: integer,
  seed: integer,
  part: text,
  recording: text,
  subject: text,
  source: text,
  /** Seconds in the recording of the clip. */
  start: number,
  end: number,
  label: text,
  predicted: text,
  probabilities: [number],
  /** Of `<id>.wav`, Hz. */
  sampleRate: number,
  /** Shape of `<id>.npy`, log-Mel in dB or log units. */
  frames: integer,
  bands: integer,
  /** Seconds between two frames. */
  hop: number,
  /** Centre of each band, Hz; empty where bands are no frequencies. */
  bandsHz: [number],
  /** What they are called in that case. */
  bandNames: z.array(text).optional() as z.ZodOptional<z.ZodType<string[]>>,
  /** Whether `<id>.heat.npy` (Grad-CAM, 0 to 1, same shape) is there. */
  heat: flag,
  /** Annotated events in seconds from the start of the clip. */
  events: [{ start: number, end: number, label: text }],
};
export type RunExamples = Shaped<typeof example>[];
export const runExamples: z.ZodType<RunExamples> = z.array(z.preprocess(inBands, schemaOf(example)));
