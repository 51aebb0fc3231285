import { z } from "zod";
import { unit } from "../evaluation/score.ts";
import { inBands } from "./in_bands.ts";
import { ownPart } from "./own_part.ts";

/**
 * A figure to hold the run's own against: published, or an own baseline. The third kind, floors, are computed by each run and
 * stand with its scores.
 */
export const reference = z.object({
  kind: z.enum(["published", "baseline"]).default("published"),
  /** Name of the score, as in metrics.json: `"sprsound-1-1"`. */
  score: z.string(),
  value: z.number(),
  /** Half of the published spread, where there is one. */
  spread: z.number().optional(),
  /** What was done to get it: model and protocol, in a few words. */
  what: z.string(),
  /** Paper, DOI or address of what was published; of a baseline the command that gives it: `deno task experiment …`. */
  source: z.string(),
}).refine(({ kind, source }) => kind === "published" || source.startsWith("deno task "), {
  path: ["source"],
  error: "an own baseline stands with its command, deno task …",
});
export type Reference = z.infer<typeof reference>;

/** What a kind of reference is called wherever one is shown. */
export const referenceKinds: Record<Reference["kind"], string> = { published: "published", baseline: "own baseline" };

/** A score by its name, or an own one with its options. */
const askedScore = z.union([z.string(), z.looseObject({ kind: z.string() })]);

/** What of an experiment is asked of a run folder; all else of its description stands beside it as it was. */
const ranExperiment = z.looseObject({
  dataset: z.looseObject({ name: z.string().default("") }).prefault({}),
  input: z.looseObject({ preset: z.string().optional(), seconds: z.number().optional() }).prefault({}),
  model: z.looseObject({ kind: z.string().optional() }).prefault({}),
  training: z.looseObject({ augment: z.array(z.looseObject({ kind: z.string() })).default([]) }).prefault({}),
  evaluation: z.looseObject({
    protocol: z.looseObject({ kind: z.string() }).optional(),
    scores: z.array(askedScore).default([]),
    monitor: askedScore.optional(),
    unit: unit.default("item"),
  }).prefault({}),
});

/** `config.json`: all that decides the result. */
export const runConfig = z.object({
  version: z.literal(1),
  /** Name of the experiment: `"lung/sprsound_events"`. */
  name: z.string(),
  title: z.string(),
  /** The question in plain words. */
  question: z.string(),
  /** The whole resolved description. */
  experiment: ranExperiment,
  /** Parts of one's own that it was made with: their source lies below `code/`. */
  parts: z.array(ownPart).optional(),
  seeds: z.array(z.number().int()),
  engine: z.object({
    name: z.enum(["ort", "wasm", "webgpu", "cpu", "elsewhere"]),
    description: z.string(),
    /** Why this one. */
    reason: z.string(),
    threads: z.number().int().positive(),
  }),
  /** Of a run whose predictions were made elsewhere: the table that they came from. */
  imported: z.object({ file: z.string(), sha256: z.string() }).optional(),
  /** The command line that does it again. */
  command: z.string(),
  /** The dataset's folder as it was given. */
  dataFolder: z.string(),
  references: z.array(reference),
  /** Short hash of what decides the result, also in the folder's name. */
  hash: z.string(),
  createdAt: z.string(),
});
export type RunConfig = z.infer<typeof runConfig>;
/** A configuration as a run is begun with it. */
export type NewRunConfig = Omit<RunConfig, "experiment"> & { experiment: object };

/** `environment.json`: where it was done, and with what. */
export const runEnvironment = z.object({
  version: z.literal(1),
  auscult: z.string(),
  deno: z.string(),
  v8: z.string(),
  packages: z.record(z.string(), z.string()),
  gitCommit: z.string().nullable(),
  lockHash: z.string().nullable(),
  machine: z.object({
    os: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: z.number().int(),
    memoryGiB: z.number(),
  }),
  dataset: z.object({
    name: z.string(),
    /** SHA-256 over the manifest and the size of each recording. */
    fingerprint: z.string(),
    recordings: z.number().int(),
  }),
});
export type RunEnvironment = z.infer<typeof runEnvironment>;

/** How much of something there is in a part or class. */
const amount = z.object({
  subjects: z.number().int(),
  recordings: z.number().int(),
  items: z.number().int(),
  seconds: z.number(),
});

/** `data.json`: what was learned from and judged on; items that gave no window are not counted. */
export const runData = z.object({
  version: z.literal(1),
  dataset: z.string(),
  task: z.string(),
  /** What it is called: of the user's own data the experiment's `dataset.title` or the table's name. */
  title: z.string(),
  /** SHA-256 over the rows and the size of each recording, as in environment.json. */
  fingerprint: z.string().optional(),
  licence: z.string(),
  citation: z.string(),
  classes: z.array(z.string()),
  total: amount,
  byClass: z.array(amount.extend({ label: z.string() })),
  bySource: z.array(amount.extend({ source: z.string(), byClass: z.record(z.string(), z.number().int()) })),
  /** By the parts of the first fold: train, validation, test; of other data that a run was judged on, by its own. */
  byPart: z.array(amount.extend({ part: z.string(), byClass: z.record(z.string(), z.number().int()) })),
  /** By what is known of patients and recordings, as in groups.csv; not in runs of earlier versions. */
  byGroup: z.array(amount.extend({
    attribute: z.string(),
    group: z.string(),
    subjectsByPart: z.record(z.string(), z.number().int()),
    subjectsByClass: z.record(z.string(), z.number().int()),
  })).optional(),
  /** Files and items that were left out, and why. */
  passedOver: z.array(z.object({ path: z.string(), reason: z.string() })),
  /** What the leakage guard looked at and found, as sentences. */
  leakCheck: z.array(z.string()),
});
export type RunData = z.infer<typeof runData>;

/** `status.json`: how far the run is. */
export const runStatus = z.object({
  version: z.literal(1),
  state: z.enum(["running", "stopped", "failed", "complete"]),
  /** The last message, where it stopped or failed. */
  message: z.string().optional(),
  folds: z.array(z.object({ fold: z.number().int(), seed: z.number().int(), done: z.boolean() })),
  /** Seconds of work so far, over all sittings. */
  seconds: z.number(),
});
export type RunStatus = z.infer<typeof runStatus>;

/** `examples/examples.json`: the items that the model got most wrong. Beside it `<id>.wav` and `<id>.npy`. */
export const runExamples = z.array(z.preprocess(
  inBands,
  z.object({
    id: z.string(),
    fold: z.number().int(),
    seed: z.number().int(),
    part: z.string(),
    recording: z.string(),
    subject: z.string(),
    source: z.string(),
    /** Seconds in the recording of the clip. */
    start: z.number(),
    end: z.number(),
    label: z.string(),
    predicted: z.string(),
    probabilities: z.array(z.number()),
    /** Of `<id>.wav`, Hz. */
    sampleRate: z.number(),
    /** Shape of `<id>.npy`, log-Mel in dB or log units. */
    frames: z.number().int(),
    bands: z.number().int(),
    /** Seconds between two frames. */
    hop: z.number(),
    /** Centre of each band, Hz. */
    bandsHz: z.array(z.number()),
    /** Whether `<id>.heat.npy` (Grad-CAM, 0 to 1, same shape) is there. */
    heat: z.boolean(),
    /** Annotated events in seconds from the start of the clip. */
    events: z.array(z.object({ start: z.number(), end: z.number(), label: z.string() })),
  }),
));
export type RunExamples = z.infer<typeof runExamples>;
