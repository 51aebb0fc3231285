import { z } from "zod";

/** Share of the values before the last layer that is dropped in training. */
const dropout = z.number().min(0).max(0.95);
const count = z.number().int().positive();
/** Filters of each block; one block an entry. */
const filters = z.array(count).min(1);

/** Blocks of convolution, batch normalisation, ReLU and pooling. */
export const cnnOptions = z.strictObject({
  /** Filters of each block; one block an entry. */
  filters: filters.default([16, 32, 64, 128]),
  /** Side of the filters. */
  kernel: count.default(3),
  /** Share of the pooled values that is dropped in training. */
  dropout: dropout.default(0.3),
  /** How the last maps become one row: their mean, their maximum, or both after each other. */
  pooling: z.enum(["average", "max", "both"]).default("average"),
});

/** The CNN6 of PANNs, Kong et al. 2020. */
export const cnn6Options = z.strictObject({
  filters: filters.default([64, 128, 256, 512]),
  /** Share of the values after each block that is dropped in training. */
  dropout: dropout.default(0.2),
});

/** Depthwise separable convolutions, Howard et al. 2017: for phones. */
export const lightCnnOptions = z.strictObject({
  /** Filters of each separable block; a block that has more of them than the one before halves the maps. */
  filters: filters.default([32, 64, 128, 128, 256]),
  dropout: dropout.default(0.2),
});

/** Convolutions over the spectrum, then a recurrent layer over time, Çakır et al. 2017. */
export const crnnOptions = z.strictObject({
  filters: filters.default([16, 32, 64]),
  /** Units of the recurrent layer in each direction. */
  units: count.default(64),
  /** Whether it goes over time both ways. */
  bidirectional: z.boolean().default(true),
  dropout: dropout.default(0.3),
});
