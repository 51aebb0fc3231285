import { z } from "zod";
import { flag, integer, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

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
