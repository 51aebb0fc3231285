import { z } from "zod";
import { encoderOptions } from "../features/mod.ts";

/** Share of the values before the last layer that is dropped in training. */
const dropout: z.ZodNumber = z.number().min(0).max(0.95);
const count: z.ZodNumber = z.number().int().positive();
/** Filters of each block; one block an entry. */
const filters: z.ZodArray<z.ZodNumber> = z.array(count).min(1);

/** Options with their defaults filled in. */
export type Resolved<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** Blocks of convolution, batch normalisation, ReLU and pooling. */
export const cnnOptions = {
  /** Filters of each block; one block an entry. */
  filters: filters.default([16, 32, 64, 128]) as z.ZodDefault<typeof filters>,
  /** Side of the filters. */
  kernel: count.default(3) as z.ZodDefault<z.ZodNumber>,
  /** Share of the pooled values that is dropped in training. */
  dropout: dropout.default(0.3) as z.ZodDefault<z.ZodNumber>,
  /** How the last maps become one row: their mean, their maximum, or both after each other. */
  pooling: z.enum(["average", "max", "both"]).default("average") as z.ZodDefault<z.ZodType<"average" | "max" | "both">>,
};

/** The CNN6 of PANNs, Kong et al. 2020. */
export const cnn6Options = {
  filters: filters.default([64, 128, 256, 512]) as z.ZodDefault<typeof filters>,
  /** Share of the values after each block that is dropped in training. */
  dropout: dropout.default(0.2) as z.ZodDefault<z.ZodNumber>,
};

/** Depthwise separable convolutions, Howard et al. 2017: for phones. */
export const lightCnnOptions = {
  /** Filters of each separable block; a block that has more of them than the one before halves the maps. */
  filters: filters.default([32, 64, 128, 128, 256]) as z.ZodDefault<typeof filters>,
  dropout: dropout.default(0.2) as z.ZodDefault<z.ZodNumber>,
};

/** Convolutions over the spectrum, then a recurrent layer over time, Çakır et al. 2017. */
export const crnnOptions = {
  filters: filters.default([16, 32, 64]) as z.ZodDefault<typeof filters>,
  /** Units of the recurrent layer in each direction. */
  units: count.default(64) as z.ZodDefault<z.ZodNumber>,
  /** Whether it goes over time both ways. */
  bidirectional: z.boolean().default(true) as z.ZodDefault<z.ZodBoolean>,
  dropout: dropout.default(0.3) as z.ZodDefault<z.ZodNumber>,
};

/** Gated recurrent units over time, both ways, then a row of logits a frame. */
export const gruOptions = {
  /** Units of each layer in each direction. */
  units: count.default(60) as z.ZodDefault<z.ZodNumber>,
  /** Recurrent layers on top of each other. */
  layers: count.default(3) as z.ZodDefault<z.ZodNumber>,
  /** Units of each dense layer behind them. */
  hidden: z.array(count).default([60, 40]) as z.ZodDefault<z.ZodArray<z.ZodNumber>>,
  /** Share of the values between two layers that is dropped in training. */
  dropout: dropout.default(0.1) as z.ZodDefault<z.ZodNumber>,
};

/** Convolutions along time alone, then a row of logits a frame. */
export const fcnOptions = {
  /** Filters of each block; one block an entry. */
  filters: filters.default([64, 64, 64, 64]) as z.ZodDefault<typeof filters>,
  /** Frames that a filter spans. */
  kernel: count.default(15) as z.ZodDefault<z.ZodNumber>,
  /** Share of the values after each block that is dropped in training. */
  dropout: dropout.default(0.1) as z.ZodDefault<z.ZodNumber>,
};

type SequencePooling = "mean" | "max" | "mean-max" | "attention" | "sequence";

/** A head on embeddings: linear, or with hidden layers. */
export const headOptions = {
  /** Units of each hidden layer; none for a linear head. */
  hidden: z.array(count).default([]) as z.ZodDefault<z.ZodArray<z.ZodNumber>>,
  /** How a sequence of embeddings becomes one row: its mean, its maximum, both, by weights of attention, or all of it. */
  pooling: z.enum(["mean", "max", "mean-max", "attention", "sequence"]).default("mean-max") as z.ZodDefault<
    z.ZodType<SequencePooling, SequencePooling>
  >,
  /** Share of the values before the last layer that is dropped in training. */
  dropout: dropout.default(0) as z.ZodDefault<z.ZodNumber>,
};

type Encoder = z.ZodObject<{ kind: z.ZodLiteral<"encoder"> } & typeof encoderOptions, z.core.$strict>;

/** An encoder that goes on learning, under a head. Its input is the same encoder with `gives: "frames"`. */
export const fineTunedOptions = {
  /** What it begins as: `speechEmbedding()`, `encoder({ … })`. Its operators have to be some that can be trained. */
  encoder: z.strictObject({ kind: z.literal("encoder"), ...encoderOptions }) as Encoder,
  /** The first layer that goes on learning, by its name in the file; none: only the head learns. */
  from: z.string().optional() as z.ZodOptional<z.ZodString>,
  /** Units of each hidden layer of the head. */
  hidden: headOptions.hidden,
  /** How the head makes one row of the embeddings of several windows. */
  pooling: headOptions.pooling,
  /** Share of the values before the last layer that is dropped in training. */
  dropout: headOptions.dropout,
};
