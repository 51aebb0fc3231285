import type { z } from "zod";
import { integer, number, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

/** `readings.json` of a fold: what each item's frames come to, in numbers that its answer is read from. */
const shape = {
  version: one,
  /** Rows of the manifest, validation and test. */
  rows: [{ part: text, row: integer, values: [number] }],
};
export type FrameReadings = Shaped<typeof shape>;
export const frameReadings: z.ZodType<FrameReadings> = schemaOf(shape);
