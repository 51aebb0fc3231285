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

/** Residual blocks, He et al. 2016. */
export const resnetOptions = z.strictObject({
  /** Filters of each stage; each stage after the first halves the maps. */
  filters: filters.default([16, 32, 64, 128]),
  /** Residual blocks of each stage. */
  blocks: count.default(2),
  /** Weighs the maps of each block by what they hold (squeeze and excitation, Hu et al. 2018). */
  squeezeExcitation: z.boolean().default(false),
  dropout: dropout.default(0.3),
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

/** Self-attention over patches of the spectrogram, Gong et al. 2021, small and from scratch. */
export const transformerOptions = z.strictObject({
  /** Frames and bands of a patch. */
  patch: count.default(8),
  /** Channels of a patch inside the network. */
  channels: count.default(64),
  /** Attention heads of a block. */
  heads: count.default(4),
  /** Attention blocks. */
  blocks: count.default(4),
  dropout: dropout.default(0.1),
});
