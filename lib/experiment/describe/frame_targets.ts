import { z } from "zod";
import type { Options } from "../../parts/mod.ts";

/** What can make one answer of many frames. */
export type ItemReader = "heart-cycles";
const ITEM_READERS: readonly ItemReader[] = ["heart-cycles"];

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
  items: z.enum(ITEM_READERS).optional() as z.ZodOptional<z.ZodType<ItemReader>>,
};

/** What is learned and judged moment by moment, in crops of `input.seconds`. */
export const frameTargets: Options<typeof targets> = z.strictObject(targets);

/** Defaults filled in. */
export type FrameTargets = z.output<typeof frameTargets>;
