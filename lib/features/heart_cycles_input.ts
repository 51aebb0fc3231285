import { z } from "zod";
import { type HeartCycles, type HeartState, segmentHeartCycles } from "../audio/mod.ts";
import { defineInput, type InputPart } from "./define_input.ts";
import { stft } from "./stft.ts";

const RATE = 2000; // Hz
const SHORTEST = 2; // s, of which a rhythm can be told
const FRAMES = { nFft: 128, winLength: 100, hopLength: 20 }; // 50 ms every 10 ms
const STATES = ["S1", "systole", "S2", "diastole"] as const;
/** Lower edges of the octaves, Hz: sounds of valves in the low ones, murmurs in the high ones. */
const OCTAVES = [25, 50, 100, 200, 400];

const NAMES = [
  ...STATES.flatMap((state) => [`${state}, mean (s)`, `${state}, deviation (s)`]),
  "systole/diastole, means",
  "confidence of S1 and S2",
  "confidence of the path",
  "murmur (log-likelihood ratio)",
  ...STATES.slice(0, 3).flatMap((state) => OCTAVES.map((low) => `${state}/diastole ${low}-${2 * low} Hz (dB)`)),
];

/**
 * A heart in few numbers, `[1, 27, 1]`, by the cycles that `segmentHeartCycles` finds in a window of 2 s or
 * more: how long each state lasts and how evenly, how surely it was heard, how much likelier a heart with a murmur in systole is than
 * a healthy one, and how much louder S1, systole and S2 are than diastole, by octaves. What a stethoscope does to all sounds
 * alike is in neither lengths nor levels: a filter multiplies the states of an octave by one factor, which a difference in dB
 * leaves out.
 */
export const heartCyclesInput: InputPart<"heart-cycles", Record<never, never>> = defineInput({
  name: "heart-cycles",
  options: z.strictObject({}),
  sampleRate: () => RATE,
  shape: (_, seconds) => ({
    ...{ frames: Number(seconds >= SHORTEST), bands: NAMES.length, channels: 1 },
    axes: { hop: Math.max(seconds, 1e-3), bands: NAMES },
  }),
  compute(samples) {
    if (samples.length < SHORTEST * RATE) return new Float32Array();
    const cycles = segmentHeartCycles(samples, { sampleRate: RATE });
    const states = statesOf(cycles);
    return Float32Array.of(
      ...[...durations(states), cycles.confidence],
      ...[...likelihoods(cycles), ...overDiastole(samples, states)],
    );
  },
});

/** The states one after the other, a murmur being a part of systole. */
function statesOf({ states }: HeartCycles): HeartState[] {
  const all: HeartState[] = [];
  for (const { state: told, start, end } of states) {
    const state = told === "murmur" ? "systole" : told;
    if (all.at(-1)?.state === state) all.at(-1)!.end = end;
    else all.push({ state, start, end });
  }
  return all;
}

/** Mean and deviation of each state's length, whole ones alone, s; then the ratio of the means of systole and diastole. */
function durations(states: readonly HeartState[]): number[] {
  const moments = STATES.map((state) => {
    const lengths = states.slice(1, -1).filter((one) => one.state === state).map(({ start, end }) => end - start);
    const average = mean(lengths);
    return [average, Math.sqrt(mean(lengths.map((length) => (length - average) ** 2)))];
  });
  return [...moments.flat(), moments[1][0] / (moments[3][0] || 1)];
}

/** How surely the path was heard, and how much likelier than a healthy heart's that of the likeliest murmur is, by frame of 20 ms. */
function likelihoods({ hearings }: HeartCycles): number[] {
  const healthy = hearings.find(({ murmur }) => murmur === null);
  if (!healthy) return [0, 0];
  const murmur = hearings.filter((hearing) => hearing !== healthy).reduce((best, one) =>
    one.logLikelihood > best.logLikelihood ? one : best
  );
  return [Math.max(healthy.confidence, murmur.confidence), murmur.logLikelihood - healthy.logLikelihood];
}

/** Mean level of S1, systole and S2 less that of diastole, `[3, octaves]`, dB; 0 for a state that isn't there. */
function overDiastole(samples: Float32Array, states: readonly HeartState[]): number[] {
  const { data, frames, nBins } = stft(samples, FRAMES);
  const binWidth = RATE / FRAMES.nFft, hop = FRAMES.hopLength / RATE;
  const level = (frame: number, low: number) => {
    let power = 1e-10; // 100 dB below one
    for (let bin = Math.ceil(low / binWidth); bin * binWidth < 2 * low; bin++) {
      const at = 2 * (frame * nBins + bin);
      power += data[at] ** 2 + data[at + 1] ** 2;
    }
    return 10 * Math.log10(power);
  };
  const levels = STATES.map((state) => {
    const heard = states.filter((one) => one.state === state).flatMap(({ start, end }) => {
      const first = Math.ceil(start / hop);
      return Array.from({ length: Math.min(frames, Math.ceil(end / hop)) - first }, (_, i) => first + i);
    });
    return heard.length === 0 ? undefined : OCTAVES.map((low) => mean(heard.map((frame) => level(frame, low))));
  });
  const diastole = levels[3];
  return levels.slice(0, 3).flatMap((state) =>
    OCTAVES.map((_, octave) => state && diastole ? state[octave] - diastole[octave] : 0)
  );
}

/** 0 of nothing. */
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
