import { z } from "zod";
import { type Unit, unit } from "../scores/score.ts";
import {
  flag,
  integer,
  maybeNumber,
  maybeText,
  number,
  one,
  schemaOf,
  type Shaped,
  text,
} from "../files/json_shape.ts";
import { inBands } from "./in_bands.ts";
import { ownPart } from "./own_part.ts";

/**
 * A figure to hold the run's own against: published, or an own baseline. The third kind, floors, are computed by each run and
 * stand with its scores.
 */
const referenceShape = {
  kind: z.enum(["published", "baseline"]).default("published") as z.ZodType<"published" | "baseline">,
  /** Name of the score, as in metrics.json: `"sprsound-1-1"`. */
  score: text,
  value: number,
  /** Half of the published spread, where there is one. */
  spread: maybeNumber,
  /** What was done to get it: model and protocol, in a few words. */
  what: text,
  /** Paper, DOI or address of what was published; of a baseline the command that gives it: `deno task experiment …`. */
  source: text,
};
export type Reference = Shaped<typeof referenceShape>;
type Given = Omit<Reference, "kind"> & Partial<Reference>;
export const reference: z.ZodType<Reference, Given> = (schemaOf(referenceShape) as z.ZodType<Reference, Given>)
  .refine(({ kind, source }) => kind === "published" || source.startsWith("deno task "), {
    path: ["source"],
    error: "an own baseline stands with its command, deno task …",
  });

/** What a kind of reference is called wherever one is shown. */
export const referenceKinds: Record<Reference["kind"], string> = { published: "published", baseline: "own baseline" };

type Described = Record<string, unknown>;
/** Of a part its name and, as they were, its options. */
type Named = Described & { kind: string };
const named: z.ZodType<Named> = z.looseObject({ kind: text });

/** A score by its name, or an own one with its options. */
const askedScore: z.ZodType<string | Named> = z.union([text, named]);

/** What of an experiment is asked of a run folder; all else of its description stands beside it as it was. */
export interface RanExperiment extends Described {
  dataset: Described & { name: string; join?: (Described & { name: string; folder?: string })[] };
  input: Described & { preset?: string; seconds?: number };
  metadata?: string[];
  model: Described & { kind?: string };
  /** Of a run whose networks give no class an item. */
  targets?: Named;
  training: Described & { augment: Named[]; linearProbe?: { c: number[] } };
  evaluation: Described & { protocol?: Named; scores: (string | Named)[]; monitor?: string | Named; unit: Unit };
}
/** The same of an experiment as it is run. */
export const ranExperiment: z.ZodType<RanExperiment> = z.looseObject({
  dataset: z.looseObject({
    name: text.default(""),
    join: z.array(z.looseObject({ name: text, folder: maybeText })).optional(),
  }).prefault({}),
  input: z.looseObject({ preset: maybeText, seconds: maybeNumber }).prefault({}),
  metadata: z.array(text).optional(),
  model: z.looseObject({ kind: maybeText }).prefault({}),
  targets: named.optional(),
  training: z.looseObject({
    augment: z.array(named).default([]),
    linearProbe: z.object({ c: z.array(z.number()) }).optional(),
  }).prefault({}),
  evaluation: z.looseObject({
    protocol: named.optional(),
    scores: z.array(askedScore).default([]),
    monitor: askedScore.optional(),
    unit: unit.default("item"),
  }).prefault({}),
});

const ENGINES = ["ort", "ort-webgpu", "wasm", "webgpu", "cpu", "elsewhere", "joined"] as const;
const table = { file: text, sha256: text };

/** `config.json`: all that decides the result. */
const config = {
  version: one,
  /** Name of the experiment: `"lung/sprsound_events"`. */
  name: text,
  title: text,
  /** The question in plain words. */
  question: text,
  /** The whole resolved description. */
  experiment: ranExperiment,
  /** Parts of one's own that it was made with: their source lies below `code/`. */
  parts: z.array(ownPart).optional() as z.ZodOptional<z.ZodArray<typeof ownPart>>,
  seeds: [integer],
  engine: {
    name: z.enum(ENGINES) as z.ZodType<typeof ENGINES[number]>,
    description: text,
    /** Why this one. */
    reason: text,
    threads: z.int().positive() as z.ZodNumber,
  },
  /** Of a run whose predictions were made elsewhere: the table that they came from. */
  imported: schemaOf(table).optional() as z.ZodOptional<z.ZodType<Shaped<typeof table>>>,
  /** Of a run that is the mean of others: their folders. */
  joined: z.array(text).optional() as z.ZodOptional<z.ZodArray<z.ZodString>>,
  /** The command line that does it again. */
  command: text,
  /** The dataset's folder as it was given. */
  dataFolder: text,
  references: [reference],
  /** Short hash of what decides the result, also in the folder's name. */
  hash: text,
  createdAt: text,
};
export type RunConfig = Shaped<typeof config>;
export const runConfig: z.ZodType<RunConfig> = schemaOf(config);
/** A configuration as a run is begun with it. */
export type NewRunConfig = Omit<RunConfig, "experiment"> & { experiment: object };

const textOrNull: z.ZodNullable<z.ZodString> = text.nullable();

/** `environment.json`: where it was done, and with what. */
const environment = {
  version: one,
  auscult: text,
  deno: text,
  v8: text,
  packages: z.record(text, text) as z.ZodRecord<z.ZodString, z.ZodString>,
  gitCommit: textOrNull,
  lockHash: textOrNull,
  machine: {
    os: text,
    arch: text,
    cpu: text,
    cores: integer,
    memoryGiB: number,
  },
  dataset: {
    name: text,
    /** SHA-256 over the manifest and the size of each recording. */
    fingerprint: text,
    recordings: integer,
  },
};
export type RunEnvironment = Shaped<typeof environment>;
export const runEnvironment: z.ZodType<RunEnvironment> = schemaOf(environment);

/** How much of something there is in a part or class. */
const amount = { subjects: integer, recordings: integer, items: integer, seconds: number };
const counts: z.ZodRecord<z.ZodString, z.ZodNumber> = z.record(text, integer);
const group = { ...amount, attribute: text, group: text, subjectsByPart: counts, subjectsByClass: counts };

const RULES = ["majority", "first-rater", "consensus"] as const;
const labels = {
  from: z.enum(RULES) as z.ZodType<typeof RULES[number]>,
  keep: text,
  soft: flag,
  verdicts: [{ path: text, sha256: text }],
  decided: integer,
  changed: integer,
};

/** `data.json`: what was learned from and judged on; items that gave no window are not counted. */
const data = {
  version: one,
  dataset: text,
  task: text,
  /** What it is called: of the user's own data the experiment's `dataset.title` or the table's name. */
  title: text,
  /** SHA-256 over the rows and the size of each recording, as in environment.json. */
  fingerprint: maybeText,
  licence: text,
  citation: text,
  classes: [text],
  total: amount,
  byClass: [{ ...amount, label: text }],
  bySource: [{ ...amount, source: text, byClass: counts }],
  /** By the parts of the first fold: train, validation, test; of other data that a run was judged on, by its own. */
  byPart: [{ ...amount, part: text, byClass: counts }],
  /** By what is known of patients and recordings, as in groups.csv; not in runs of earlier versions. */
  byGroup: z.array(schemaOf(group)).optional() as z.ZodOptional<z.ZodType<Shaped<typeof group>[]>>,
  /** Files and items that were left out, and why. */
  passedOver: [{ path: text, reason: text }],
  /** Where listeners decided on labels: by which rule, from which files, on how many items. */
  labels: schemaOf(labels).optional() as z.ZodOptional<z.ZodType<Shaped<typeof labels>>>,
  /** What the leakage guard looked at and found, as sentences. */
  leakCheck: [text],
};
export type RunData = Shaped<typeof data>;
export const runData: z.ZodType<RunData> = schemaOf(data);

/** `beginning.json`: the weights of an earlier run that the networks began with. */
const beginning = {
  version: one,
  /** Its folder. */
  run: text,
  /** SHA-256 of the weights of all of its networks. */
  sha256: text,
  /** Whether it heard by the same input. */
  sameInput: flag,
  /** Layers whose weights were taken, and those that began at random. */
  layers: [text],
  fresh: [text],
  /** Numbers that were taken, and that a network has. */
  weights: integer,
  of: integer,
  /** The network of the earlier run, counted from 0, that each fold's began with. */
  folds: [{ fold: integer, seed: integer, network: integer }],
};
export type RunBeginning = Shaped<typeof beginning>;
export const runBeginning: z.ZodType<RunBeginning> = schemaOf(beginning);

const STATES = ["running", "stopped", "failed", "complete"] as const;

const change = {
  /** The network amid whose training it changed, counted from 0, and the epochs that were done of it. */
  network: integer,
  after: integer,
  name: z.enum(ENGINES) as z.ZodType<typeof ENGINES[number]>,
  description: text,
  threads: z.int().positive() as z.ZodNumber,
  reason: text,
};
/** An engine that went on where another one had trained. */
export type EngineChange = Shaped<typeof change>;

/** `status.json`: how far the run is. */
const status = {
  version: one,
  state: z.enum(STATES) as z.ZodType<typeof STATES[number]>,
  /** The last message, where it stopped or failed. */
  message: maybeText,
  folds: [{ fold: integer, seed: integer, done: flag }],
  /** Seconds of work so far, over all sittings. */
  seconds: number,
  /** Where another engine than that of config.json went on; left out where none did. */
  engineChanges: z.array(schemaOf(change)).optional() as z.ZodOptional<z.ZodType<EngineChange[]>>,
};
export type RunStatus = Shaped<typeof status>;
export const runStatus: z.ZodType<RunStatus> = schemaOf(status);

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
