import { z } from "zod";
import { flag, integer, maybeText, number, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";
import { ENGINES } from "./config_file.ts";

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
