import { z } from "zod";
import type { Options } from "../../parts/mod.ts";

const labels: z.ZodRecord<z.ZodString, z.ZodArray<z.ZodString>> = z.record(z.string(), z.array(z.string()));

const targets = {
  /** What the network answers: the class of each frame. */
  kind: z.literal("frames") as z.ZodLiteral<"frames">,
  /** Classes of frames, each with the dataset's labels of what is heard when; where such overlap, the class that is named last counts. */
  classes: labels,
  /** Class of the frames of annotated recordings that nothing is said of; without it they are neither learned from nor judged. */
  outside: z.string().optional() as z.ZodOptional<z.ZodString>,
  /** Classes whose onsets are judged; all but `outside` where left out. */
  onsets: z.array(z.string()).optional() as z.ZodOptional<z.ZodArray<z.ZodString>>,
  /** How far from an onset one that was found may lie, s. */
  tolerance: z.number().positive().default(0.1) as z.ZodDefault<z.ZodNumber>,
  /** What makes of an item's frames an answer in the dataset's classes, which is then judged: `heart-cycles`, by how well hearts with and without a murmur explain them. Frames alone are judged where left out. */
  items: z.enum(["heart-cycles"]).optional() as z.ZodOptional<z.ZodType<"heart-cycles">>,
};

/** What is learned and judged moment by moment, in crops of `input.seconds`. */
export const frameTargets: Options<typeof targets> = z.strictObject(targets);

/** Defaults filled in. */
export type FrameTargets = z.output<typeof frameTargets>;

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
