import type { WindowShape } from "../features/mod.ts";

/** What a network takes in, `[frames, bands, channels]`, and gives out. */
export interface ModelShape extends WindowShape {
  /** Width of the output. */
  classes: number;
  /** Whether each frame gets its row of logits, `[frames, classes]`. @default {false} */
  byFrame?: boolean;
}
