import { z } from "zod";
import { flag, integer, number, schemaOf, type Shaped, text } from "../files/json_shape.ts";
import { inBands } from "./in_bands.ts";

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
