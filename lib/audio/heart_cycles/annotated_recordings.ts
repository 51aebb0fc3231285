import { progress } from "../../files/mod.ts";
import { circorRecordings } from "../calibration/circor_patients.ts";
import { readRecording } from "../read_recording.ts";
import { cycleEnvelopes, ENVELOPE_RATE } from "./cycle_envelopes.ts";
import type { AnnotatedState } from "./fit_cycle_model.ts";
import { matchSounds, type SoundMatches } from "./match_sounds.ts";

/** A recording in which experts marked the states of the heart. */
export interface AnnotatedRecording {
  subject: string;
  envelopes: Float64Array[];
  /** The stretches that were annotated; the rest may hold anything. */
  states: AnnotatedState[];
}

/** Seconds between an expert's onset and ours that still counts as found. */
const TOLERANCE = 0.1;

/** CirCor's recordings: a `.tsv` beside each holds start, end (seconds) and state, 0 where it wasn't annotated. */
export async function annotatedRecordings(circor: string): Promise<AnnotatedRecording[]> {
  const listed = await circorRecordings(circor);
  const bar = progress("envelopes", listed.length);
  const recordings: AnnotatedRecording[] = [];
  for (const { path, subject } of listed) {
    const states = (await Deno.readTextFile(path.replace(/wav$/, "tsv"))).trim().split("\n")
      .map((line) => line.split("\t").map(Number))
      .filter(([, , state]) => state > 0)
      .map(([start, end, state]) => ({ start, end, state: state - 1 }));
    const { samples, sampleRate } = await readRecording(path);
    recordings.push({ subject, envelopes: cycleEnvelopes(samples, { sampleRate }), states });
    bar.update(recordings.length);
  }
  bar.stop();
  return recordings;
}

/** How the found onsets of S1 and S2 meet the expert's. */
export function soundMatches(
  { states }: AnnotatedRecording,
  segments: { state: number; start: number }[],
): Record<"S1" | "S2", SoundMatches> {
  const match = (state: number) =>
    matchSounds(
      states.filter((segment) => segment.state === state).map(({ start }) => start),
      segments.filter((segment) => segment.state === state && segment.start > 0)
        .map(({ start }) => start / ENVELOPE_RATE),
      { tolerance: TOLERANCE, annotated: states },
    );
  return { S1: match(0), S2: match(2) };
}

/** F1 of all matches taken together. */
export function f1Score(all: SoundMatches[]): number {
  const sum = (key: keyof SoundMatches) => all.reduce((total, matches) => total + matches[key], 0);
  return 2 * sum("hits") / (2 * sum("hits") + sum("missed") + sum("invented"));
}
