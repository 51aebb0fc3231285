import { z } from "zod";
import { integer, number, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

/** `frames.json`: what a network by frame said. */
const shape = {
  version: one,
  /** Columns of the posteriors. */
  classes: [text],
  framesPerSecond: number,
  /** Rows of the test part, each with the files `[frames, classes]` of the networks that judged it, and when its first frame is, s. */
  rows: [{ recording: text, start: number, end: number, firstFrame: number, posteriors: [text] }],
  /** Stretches to be shown, from the recording that went worst to the best. */
  shown: [{
    recording: text,
    subject: text,
    /** Share of the recording's known frames that were right. */
    right: number,
    /** Middle of the first frame and distance to the next, s. */
    start: number,
    hop: number,
    frames: integer,
    bands: integer,
    /** Centre of each band, Hz; empty where bands are no frequencies, and then their names. */
    bandsHz: [number],
    bandNames: z.array(text).optional() as z.ZodOptional<z.ZodArray<z.ZodString>>,
    /** File of the spectrogram, `[frames, bands]`. */
    picture: text,
    /** Class of each frame, -1 where none is known. */
    truth: [integer],
    said: [integer],
  }],
};
export type RunFrames = Shaped<typeof shape>;
export const runFrames: z.ZodType<RunFrames> = schemaOf(shape);

/** `readings.json` of a fold: what each item's frames come to, in numbers that its answer is read from. */
const readings = {
  version: one,
  /** Rows of the manifest, validation and test. */
  rows: [{ part: text, row: integer, values: [number] }],
};
export type FrameReadings = Shaped<typeof readings>;
export const frameReadings: z.ZodType<FrameReadings> = schemaOf(readings);
