import { z } from "zod";

const dropout = z.number().min(0).max(0.95);
const count = z.number().int().positive();

/** Four blocks of convolution, batch normalisation, ReLU and pooling. */
const cnnOptions = z.strictObject({
  kind: z.literal("cnn"),
  /** Filters of each block; one block an entry. */
  filters: z.array(count).min(1).default([16, 32, 64, 128]),
  /** Side of the filters. */
  kernel: count.default(3),
  /** Share of the values after the pooling that is dropped in training. */
  dropout: dropout.default(0.3),
  /** How the last maps become one row: their mean, their maximum, or both after each other. */
  pooling: z.enum(["average", "max", "both"]).default("average"),
});

/** A network and its hyper-parameters; `kind` names the family. */
export const modelOptions = z.discriminatedUnion("kind", [cnnOptions]);

/** A network as it is described in an experiment: what is left out takes its default. */
export type ModelOptions = z.input<typeof modelOptions>;

/** Options of one family, defaults filled in. */
export type ResolvedModel<Kind extends ModelOptions["kind"]> = Extract<z.output<typeof modelOptions>, { kind: Kind }>;
