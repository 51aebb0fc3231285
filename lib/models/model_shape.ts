import type { WindowShape } from "../features/mod.ts";

/** What a network takes in, `[frames, bands, channels]`, and gives out. */
export interface ModelShape extends WindowShape {
  /** Width of the output. */
  classes: number;
  /** Numbers that are known beside the sound: they come in frames behind those of the window, and the last layer sees them. @default {0} */
  metadataWidth?: number;
  /** Whether each frame gets its row of logits, `[frames, classes]`. @default {false} */
  byFrame?: boolean;
}

/** The layer that standardises embeddings before the head of a network, by statistics of the training part. */
export const STANDARDISED = "standardised";
