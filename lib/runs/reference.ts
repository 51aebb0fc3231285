import { z } from "zod";
import { maybeNumber, number, schemaOf, type Shaped, text } from "../files/json_shape.ts";

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
