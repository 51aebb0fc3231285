import { z } from "zod";

/** A part of somebody's own, as runs and bundles name it. */
export const ownPart = z.object({
  /** `"model"`, `"input"`, `"loss"`, … */
  part: z.string(),
  kind: z.string(),
  /** Path of the module that defined it. */
  module: z.string(),
  /** Of its source and of what that imports by paths. */
  sha256: z.string(),
});
