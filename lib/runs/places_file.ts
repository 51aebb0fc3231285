import { z } from "zod";
import { integer, number, numberOrNull, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

const FAILED = ["ranking", "threshold", "nothing", "unknown"] as const;
const drawn = { value: numberOrNull, low: numberOrNull, high: numberOrNull };
const beside = { here: numberOrNull, elsewhere: numberOrNull };

/** `places.json`: what carries over to each source that was left out, and what that source differs by from all others. */
const places = {
  version: one,
  /** What is counted: items, recordings or subjects. */
  unit: z.enum(["item", "recording", "subject"]) as z.ZodType<"item" | "recording" | "subject">,
  /** Units that a threshold was taken from, and how often. */
  unlabelled: integer,
  labelled: integer,
  /** Centre of each band, Hz; empty where bands are no frequencies. */
  bandsHz: [number],
  places: [{
    source: text,
    subjects: integer,
    units: integer,
    /** No better than chance at ranking; losing .05 or more by its threshold; neither; or too little is known. */
    failed: z.enum(FAILED) as z.ZodType<typeof FAILED[number]>,
    /** Mean of sensitivity and specificity at the threshold that came along, and at thresholds from units of the place. */
    thresholds: { carried: numberOrNull, unlabelled: drawn, labelled: drawn, half: drawn },
    /** Mean probability of not being healthy. */
    expected: number,
    /** Share that isn't healthy; medians of length (s) and of level (dB of full scale) of the items. */
    differs: { prevalence: beside, seconds: beside, level: beside },
    /** Mean of each channel of each band, as the input gives it. */
    spectrum: { here: [number], elsewhere: [number] },
  }],
};
export type RunPlaces = Shaped<typeof places>;
export const runPlaces: z.ZodType<RunPlaces> = schemaOf(places);
