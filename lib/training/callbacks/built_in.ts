import { z } from "zod";
import type { CalledPart, DescribedBy, Options, Part } from "../../parts/mod.ts";
import { bestRow } from "../history.ts";
import { type CallbackDefinition, callbacks, defineCallback } from "./define_callback.ts";

const earlyStoppingOptions = {
  /** Epochs without a better validation score. */
  patience: z.int().positive() as z.ZodNumber,
};
type EarlyStopping = CallbackDefinition<"early-stopping", Options<typeof earlyStoppingOptions>>;

/** Ends a training once `patience` epochs have brought no better validation score. */
export const earlyStopping: Part<"callback", EarlyStopping> = defineCallback({
  name: "early-stopping",
  options: z.strictObject(earlyStoppingOptions),
  create: ({ patience }) => ({
    onEpochEnd: (history) => history.at(-1)!.epoch - bestRow(history)!.epoch >= patience ? "stop" : undefined,
  }),
});

/** A callback as it is described in an experiment: by its name, or with its options. */
export type CallbackOptions = DescribedBy<typeof earlyStopping> | CalledPart<"callback">;

/** A callback and its options; `kind` names it. */
export const callbackOptions = callbacks.schema as z.ZodType<CalledPart<"callback">, CallbackOptions>;
