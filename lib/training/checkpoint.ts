import type { SessionState } from "../engines/mod.ts";
import type { HistoryRow } from "./history.ts";

/** All that a training needs to go on with the same bits. What is random follows from the seed, the epoch and the batch. */
export interface Checkpoint {
  /** Of the training's options, seed and windows: another training's checkpoint is refused. */
  fingerprint: string;
  /** The session now. */
  session: SessionState;
  /** One row an epoch done. */
  history: HistoryRow[];
  /** Batches done of the epoch after them. */
  batches: number;
  /** Sum of the losses of these batches, each times its examples. */
  lossSum: number;
  /** The session after the best epoch; none before the first. */
  best?: { epoch: number; session: SessionState };
  /** How the training ended, where it did. */
  ended?: "finished" | "early-stopped";
}

/** Where a training keeps its checkpoint. */
export interface CheckpointStore {
  save(checkpoint: Checkpoint): Promise<void>;
  /** The last one saved; none where there is none. */
  load(): Promise<Checkpoint | undefined>;
}
