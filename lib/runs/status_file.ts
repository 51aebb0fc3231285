import { ENGINES, type RunConfig } from "./config_file.ts";
import { z } from "zod";
import { flag, integer, maybeText, number, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

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

/** What trained the networks of a run: the engine that it began with, and those that went on. */
export function engineWords({ engine }: Pick<RunConfig, "engine">, changes: readonly EngineChange[] = []): string {
  return [engine.description, ...changes.map((change) => `${changeWords(change)} by ${change.description}`)].join(", ");
}

/** When an engine went on: "after epoch 2 of network 1". */
export function changeWords({ network, after }: EngineChange): string {
  return after === 0 ? `from network ${network + 1} on` : `after epoch ${after} of network ${network + 1}`;
}
