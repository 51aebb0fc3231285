import { z } from "zod";
import { integer, maybeNumber, maybeText, number, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";
import { type Unit, unit } from "../scores/score.ts";
import { ownPart } from "./bundle/bundle_schema.ts";

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

/** What can train; `elsewhere` of predictions that another program made, `joined` of the mean of runs. */
export const ENGINES = ["ort", "ort-webgpu", "wasm", "webgpu", "cpu", "elsewhere", "joined"] as const;
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

/** `environment.json`: where it was done, and with what. */
export const environment = {
  version: one,
  auscult: text,
  deno: text,
  v8: text,
  packages: z.record(text, text) as z.ZodRecord<z.ZodString, z.ZodString>,
  gitCommit: text.nullable() as z.ZodNullable<z.ZodString>,
  lockHash: text.nullable() as z.ZodNullable<z.ZodString>,
  machine: { os: text, arch: text, cpu: text, cores: integer, memoryGiB: number },
  dataset: {
    name: text,
    /** SHA-256 over the manifest and the size of each recording. */
    fingerprint: text,
    recordings: integer,
  },
};
export type RunEnvironment = Shaped<typeof environment>;
