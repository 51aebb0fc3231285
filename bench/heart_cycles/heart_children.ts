import { circorRecordings } from "../calibration/circor_patients.ts";
import { FRAME_RATE, FRAME_WIDTH, heartFrames } from "../../lib/audio/heart_cycles/heart_frames.ts";
import { readRecording } from "../../lib/audio/read_recording.ts";
import { hashBytes, progress } from "../../lib/files/mod.ts";

/** A stretch of a recording that an expert gave a state: 0 S1, 1 systole, 2 S2, 3 diastole. Seconds. */
export interface AnnotatedState {
  start: number;
  end: number;
  state: number;
}

/** A recording in which experts marked the states of the heart. */
export interface AnnotatedRecording {
  subject: string;
  /** `[frames, FRAME_WIDTH]` */
  frames: Float32Array;
  /** When in systole a murmur is heard at this place, as CirCor names it; "" where there is none. */
  timing: string;
  /** The stretches that were annotated; the rest may hold anything. */
  states: AnnotatedState[];
}

const numberOf = (subject: string) => parseInt(hashBytes(subject).slice(0, 8), 16);

/** The fold of a child, 0 to 4, by the hash of its number. The shipped network has never heard those of fold 0. */
export function childFold(subject: string): number {
  return Math.floor(numberOf(subject) / 3) % 5;
}

/** Whether context, size of the network, epochs and the weight of a frame were chosen on this child, as on a third of all. */
export function isChosenOn(subject: string): boolean {
  return numberOf(subject) % 3 === 0;
}

/** CirCor's recordings of the children wanted: a `.tsv` beside each holds start, end and state, 0 where it wasn't annotated. */
export async function heartChildren(
  circor: string,
  { wanted = () => true }: { wanted?: (subject: string) => boolean } = {},
): Promise<AnnotatedRecording[]> {
  const listed = (await circorRecordings(circor)).filter(({ subject }) => wanted(subject));
  const bar = progress("recordings", listed.length);
  const recordings: AnnotatedRecording[] = [];
  for (const { path, subject, timing } of listed) {
    const states = (await Deno.readTextFile(path.replace(/wav$/, "tsv"))).trim().split("\n")
      .map((line) => line.split("\t").map(Number))
      .filter(([, , state]) => state > 0)
      .map(([start, end, state]) => ({ start, end, state: state - 1 }));
    const { samples, sampleRate } = await readRecording(path);
    recordings.push({ subject, timing, frames: heartFrames(samples, { sampleRate }), states });
    bar.update(recordings.length);
  }
  bar.stop();
  return recordings;
}

/** The part of systole that a murmur takes (McDonald, Gales and Agarwal 2024). */
const PARTS: Record<string, [from: number, to: number]> = {
  "Holosystolic": [0, 1],
  "Early-systolic": [0, 0.5],
  "Mid-systolic": [0.25, 0.75],
  "Late-systolic": [0.5, 1],
};

/** `[frames]`: the column of the posteriors that is right, -1 where nobody said. */
export function frameStates({ frames, states, timing }: AnnotatedRecording): Int8Array {
  const labels = new Int8Array(frames.length / FRAME_WIDTH).fill(-1);
  const [from, to] = PARTS[timing] ?? [0, 0];
  for (const { start, end, state } of states) {
    const last = Math.min(labels.length, Math.round(end * FRAME_RATE));
    for (let t = Math.round(start * FRAME_RATE); t < last; t++) {
      const share = ((t + 0.5) / FRAME_RATE - start) / (end - start);
      labels[t] = state === 1 && share >= from && share < to ? 4 : state;
    }
  }
  return labels;
}
