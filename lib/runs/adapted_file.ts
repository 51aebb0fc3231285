import { z } from "zod";
import { type Scores, scores } from "../scores/score.ts";
import { numberOrNull, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

/** How networks are fitted to a new place without any label. */
export const ADAPTATIONS = ["statistics", "batch-statistics", "prior"] as const;
export type Adaptation = typeof ADAPTATIONS[number];

const difference = { value: numberOrNull, low: numberOrNull, high: numberOrNull };
const differences: z.ZodType<Record<string, Shaped<typeof difference>>> = z.record(text, schemaOf(difference));

/** `adapted.json`: what networks give in another place once they are fitted to it without labels; nothing was chosen by it. */
const adapted = {
  version: one,
  ways: [{
    way: z.enum(ADAPTATIONS) as z.ZodType<Adaptation>,
    /** Of metrics.json. */
    part: text,
    /** What was found in the place, as a sentence. */
    found: text,
    scores: scores as z.ZodType<Scores>,
    /** Each score less that of the networks as they are, over the same subjects. */
    differences,
  }],
};
export type RunAdapted = Shaped<typeof adapted>;
export const runAdapted: z.ZodType<RunAdapted> = schemaOf(adapted);
