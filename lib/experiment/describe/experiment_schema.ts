import { basename } from "node:path";
import { z } from "zod";
import { datasetInfo, datasetOptions, datasets, isOwnData, type JoinedDataset } from "../../datasets/mod.ts";
import { aggregationAim, calibration, decisionAim } from "../../decision/mod.ts";
import { checked } from "../../errors/mod.ts";
import { averageOptions, inputSchema } from "../../features/mod.ts";
import { TABLE } from "../../files/mod.ts";
import { modelOptions } from "../../models/mod.ts";
import { type Options, withUnknownParts } from "../../parts/mod.ts";
import { reference, type Run } from "../../runs/mod.ts";
import { anyScore, headlineScores, type IntervalMethod, namedScore, type Unit } from "../../scores/mod.ts";
import { protocol } from "../../splits/mod.ts";
import { trainingOptions } from "../../training/mod.ts";
import type { SeenPolicy } from "../external/seen_subjects.ts";
import { searchSpace } from "./search_space.ts";
import { frameTargets, recordingTargets } from "./targets.ts";

const evaluation = {
  /** How subjects are divided into training, validation and test. */
  protocol,
  /** Scores to read first: official ones, or your own (`defineScore`); the general ones stand beside them. */
  scores: z.array(namedScore).default([]) as z.ZodDefault<z.ZodArray<typeof namedScore>>,
  /** The score on inner validation that picks the checkpoint. */
  monitor: anyScore.default(headlineScores[0]) as z.ZodDefault<typeof anyScore>,
  /** What temperature and thresholds are fitted for, on inner validation. */
  decision: decisionAim.default("argmax") as z.ZodDefault<typeof decisionAim>,
  /** What the result is read by; scores by finer and coarser units stand beside it. */
  unit: z.enum(["item", "recording", "subject"]).default("item") as z.ZodDefault<z.ZodType<Unit>>,
  /** How an item's windows, a recording's items and a subject's recordings become one answer, found on inner validation. */
  aggregation: aggregationAim.default("chosen") as z.ZodDefault<typeof aggregationAim>,
  /** What makes joined probabilities true, fitted on inner validation: a temperature, or a rising map (isotonic) where there are hundreds of subjects. */
  calibration: calibration.default("temperature") as z.ZodDefault<typeof calibration>,
  /** Share of the validation items that `predict` would answer; the least sure others are marked unsure. */
  coverage: z.number().gt(0).max(1).default(1) as z.ZodDefault<z.ZodNumber>,
  /** How else an item is heard before it is judged, its further windows being joined as its own are: at other speeds, through other devices. Rules are fitted on validation items that are heard so. */
  average: averageOptions.optional() as z.ZodOptional<typeof averageOptions>,
  /** What stands on two sides of a split is an error, or is trained with and reported in red. */
  leaks: z.enum(["refuse", "report"]).default("refuse") as z.ZodDefault<z.ZodType<"refuse" | "report">>,
  /** How intervals over subjects are made: Wilson's by what the subjects are worth, or of resamples. */
  interval: z.enum(["wilson", "percentile", "bca"]).default("wilson") as z.ZodDefault<z.ZodType<IntervalMethod>>,
  /** Resamples of the subjects, where intervals are made of them. */
  resamples: z.int().min(100).default(2000) as z.ZodDefault<z.ZodNumber>,
};

type LayerChoice = "all-but-head" | string[];
const layerChoice = z.union([z.literal("all-but-head"), z.array(z.string())]) as z.ZodType<LayerChoice, LayerChoice>;

const initial = {
  /** Folder of a finished run, or of an experiment for the latest that is finished. Fold `i` takes the weights of its network `i`, counted round, or of the next that hasn't seen whom the fold judges. */
  run: z.string() as z.ZodString,
  /** Layers that are taken, by names or how these begin (`[]`: none), or `all-but-head`; all that fit by name and shape where left out, the last layer for the same classes alone. */
  layers: layerChoice.optional() as z.ZodOptional<typeof layerChoice>,
  /** What becomes of whom a fold judges (or chooses by) and the weights have learned from, by name or sound: an error; left out of the fold; kept and reported in red. */
  seen: z.enum(["refuse", "leave-out", "keep"]).default("refuse") as z.ZodDefault<z.ZodType<SeenPolicy>>,
  /** SHA-256 of the weights, so that no others are taken; a run writes down those that it took. */
  sha256: z.string().optional() as z.ZodOptional<z.ZodString>,
};

const targets = z.discriminatedUnion("kind", [frameTargets, recordingTargets]) as z.ZodDiscriminatedUnion<
  [typeof frameTargets, typeof recordingTargets],
  "kind"
>;

const overrides: z.ZodRecord<z.ZodString, z.ZodArray<z.ZodString>> = z.record(z.string(), z.array(z.string()));

/** What an experiment says of itself; every key can be set by `--set`. */
const experiment = {
  /** Path below `experiments/` without the ending, also the folder below `results/`: `"lung/sprsound_events"`. */
  name: z.string().regex(/^[\w-]+(\/[\w-]+)*$/) as z.ZodString,
  /** Above the report. */
  title: z.string() as z.ZodString,
  /** The question in words that need no explanation. */
  question: z.string() as z.ZodString,
  dataset: datasetOptions.overwrite((dataset) => datasets.mark(dataset, dataset.name)) as typeof datasetOptions,
  /**
   * What is learned in place of one class an item: `{ kind: "frames", … }`, a class a frame, by a network that answers so;
   * `{ kind: "recordings" }`, which crops are of one recording, for runs that begin with these weights (`initial.run`).
   */
  targets: targets.optional() as z.ZodOptional<typeof targets>,
  /** How sound becomes what the network sees, and by what windows. */
  input: inputSchema,
  /** What the network is given of patient and recording beside the sound, by attributes of the data (`["age", "sex"]`): standardised on each training part, and joined to what its last layer decides by. */
  metadata: z.array(z.string()).min(1).optional() as z.ZodOptional<z.ZodArray<z.ZodString>>,
  /** The network, with its options. */
  model: modelOptions,
  /** The weights of an earlier run that the networks begin with in place of random ones; windows are standardised by this run's own training parts. */
  initial: z.strictObject(initial).optional() as z.ZodOptional<Options<typeof initial>>,
  training: trainingOptions,
  evaluation: z.strictObject(evaluation) as Options<typeof evaluation>,
  /** What `deno task sweep` varies, by key. */
  space: searchSpace.default({}) as z.ZodDefault<typeof searchSpace>,
  /** Figures to compare with: `{ kind, score, value, spread, what, source }`: `published`, the source a paper, DOI or address, or `baseline`, the source its command. */
  references: z.array(reference).default([]) as z.ZodDefault<z.ZodArray<typeof reference>>,
  /** What `deno task ablate` takes away or changes, each by its overrides: `{ "no mixup": ["training.augment.3.probability=0"] }`. */
  ablations: overrides.default({}) as z.ZodDefault<typeof overrides>,
  /** Named lists of overrides: `--set budget=quick`. */
  budgets: overrides.default({}) as z.ZodDefault<typeof overrides>,
};
export const experimentSchema: Options<typeof experiment> = z.strictObject(experiment);

/** An experiment with every default filled in. */
export type Experiment = z.output<typeof experimentSchema>;

/** An experiment as its file says it. */
export type ExperimentDescription = z.input<typeof experimentSchema>;

/**
 * What the experiment of a run says, with every default filled in; own parts need not be there.
 *
 * @throws {DataError} where another version wrote it otherwise.
 */
export function asRan<T extends z.ZodType>(run: Run, schema: T, said: unknown): z.output<T> {
  const problem = { expected: "an experiment of this version of Auscult", where: run.path("config.json") };
  return withUnknownParts(() => checked(schema, said, problem));
}

/** The name that a run is to have. @throws {DataError} for one that is no path below `results/`. */
export function runName(name: string): string {
  const expected = "a name of letters, digits, dashes and slashes";
  return checked(experimentSchema.shape.name, name, { expected, where: "--name" });
}

/**
 * What a dataset is called: as the experiment says, else own data as their table or folder, several as one by their names, and
 * others as in the catalogue.
 */
export function dataTitle(
  { name, title, join }: { name: string; title?: string; join?: readonly JoinedDataset[] },
  data: string,
): string {
  if (title !== undefined) return title;
  if (join) return join.map(({ name, as = name }) => as).join(" + ");
  return isOwnData({ name }) ? basename(data).replace(TABLE, "") || data : datasetInfo(name).title;
}
