import { z } from "zod";
import { integer, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";
import { ownPart } from "./own_part.ts";
import { ranExperiment } from "./ran_experiment.ts";
import { reference } from "./reference.ts";

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
