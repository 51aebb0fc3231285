import { z } from "zod";
import type { Options } from "../../parts/mod.ts";

const recordings = {
  /** What the network answers: which crops are of one recording. No label is asked. */
  kind: z.literal("recordings") as z.ZodLiteral<"recordings">,
  /** Rank of the bilinear similarity of two crops. */
  dimension: z.int().positive().default(64) as z.ZodDefault<z.ZodNumber>,
  /** Recordings that stand together where validation and test part are judged: of so many, the right one is to be found. */
  candidates: z.int().min(2).default(16) as z.ZodDefault<z.ZodNumber>,
};

/** Pretraining on recordings without labels: two crops of one recording are a pair (COLA, Saeed et al. 2021). */
export const recordingTargets: Options<typeof recordings> = z.strictObject(recordings);

/** Defaults filled in. */
export type RecordingTargets = z.output<typeof recordingTargets>;

/** How pairs of crops are learned, whatever else the training says. */
export const PAIRS = { loss: { kind: "contrastive" }, sampler: { kind: "pairs" } } as const;

/** Numbers that a network gives for a window: a class each, or what a crop asks and what it answers with. */
export function outputsOf({ targets }: { targets?: { kind: "frames" } | RecordingTargets }, classes: number): number {
  return targets?.kind === "recordings" ? 2 * targets.dimension : classes;
}
