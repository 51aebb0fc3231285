import type { z } from "zod";
import { schemaOf, type Shaped, text } from "../files/json_shape.ts";

/** A part of somebody's own, as runs and bundles name it. */
const shape = {
  /** `"model"`, `"input"`, `"loss"`, … */
  part: text,
  kind: text,
  /** Path of the module that defined it. */
  module: text,
  /** Of its source and of what that imports by paths. */
  sha256: text,
};
export const ownPart: z.ZodType<Shaped<typeof shape>> = schemaOf(shape);
