import { InputError } from "../errors/mod.ts";
import { durationViterbi, type StatePath } from "./heart_cycles/duration_viterbi.ts";
import { HEART_STATES } from "./heart_cycles/frame_network.ts";
import { type HeartRhythm, heartRhythms } from "./heart_cycles/heart_rhythm.ts";
import { MURMUR_TIMINGS, type MurmurTiming, stateDurations } from "./heart_cycles/state_durations.ts";

/** A stretch in one state of the heart. */
export interface HeartState {
  /** Seconds. */
  start: number;
  /** Seconds. */
  end: number;
  state: (typeof HEART_STATES)[number];
}

/** How well a heart without a murmur, or with one, explains a recording. */
export interface HeartHearing {
  /** When in systole; `null` without a murmur. */
  murmur: MurmurTiming | null;
  /** Mean probability of the states on its most likely path, 0 to 1. */
  confidence: number;
  /** Logarithm of the likelihood of that path, a frame, every state as likely as the others before. */
  logLikelihood: number;
}

/** What the heart does in a recording. */
export interface HeartCycles {
  /** One after the other, without a gap, from the start of the recording to its end; the best guess where it is too noisy. */
  states: HeartState[];
  /** Beats a minute, over the cycles between two S1 that are heard; `null` where the recording doesn't show it. */
  heartRate: number | null;
  /** From the onset of S1 to that of S2, the median, seconds; `null` where the rate is. */
  systolicInterval: number | null;
  /** When in systole a murmur is heard, if one is. */
  murmur: MurmurTiming | null;
  /** Mean probability of the S1 and of the S2 that were found, both together, 0 to 1. */
  confidence: number;
  /** Why there is no rate, as a phrase; `null` where there is one. */
  reason: string | null;
  /** The healthy heart and then each murmur, all in the rhythm of the most likely; empty where nothing was tried. */
  hearings: HeartHearing[];
}

export interface DecodeHeartStatesOptions {
  /** Posteriors a second, Hz. */
  frameRate: number;
  /** Below this confidence there is no rate: less confident paths follow noise. @default {0.5} */
  leastConfidence?: number;
}

/** So many rhythms are tried, each with and without a murmur; the one whose path is most likely wins. */
const RHYTHMS = 3;

/** Where no rhythm repeats at all, seconds. */
const NO_RHYTHM: HeartRhythm = { cycle: 0.8, interval: 0.3 };

/** A first and a last third of a recording whose rates differ by this factor have none in common; each holds so many beats or more. */
const CHANGE = 1.25, BEATS = 4;

/** Neighbouring frames say much the same, so each counts for less than one witness. */
const WITNESS = 0.5;

/**
 * The most likely cycles of the heart behind the posteriors of a network that tells frames apart: a hidden semi-Markov model
 * whose states last as the rhythm lets them, without a murmur and with one in the whole of systole, early, in its middle
 * and late (McDonald, Gales and Agarwal 2024, PLOS Digital Health e0000436; written from the paper). Rates from 30 to 250
 * a minute; time and memory grow with the length alone.
 *
 * @param posteriors `[frames, 5]`: S1, systole, S2, diastole, murmur in systole; each row sums to 1, each state as likely as
 *   the others before anything was heard.
 * @throws {InputError} unless there are whole rows of probabilities.
 *
 * @example A heart of 75 beats a minute, told without doubt
 * ```ts
 * import { expect } from "expect";
 * import { decodeHeartStates } from "./mod.ts";
 * const cycle = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, ...new Array(21).fill(3)]; // 40 frames of 20 ms
 * const posteriors = Float32Array.from({ length: 400 * 5 }, (_, i) => Number(cycle[Math.floor(i / 5) % 40] === i % 5));
 * expect(decodeHeartStates(posteriors, { frameRate: 50 }).heartRate).toBe(75);
 * ```
 */
export function decodeHeartStates(posteriors: Float32Array, options: DecodeHeartStatesOptions): HeartCycles {
  const { frameRate, leastConfidence = 0.5 } = options;
  const frames = posteriors.length / HEART_STATES.length;
  if (!Number.isInteger(frames) || frames < 1 || !posteriors.every((p) => p >= 0 && p <= 1)) {
    throw new InputError({
      expected: `rows of ${HEART_STATES.length} probabilities`,
      found: Number.isInteger(frames) && frames > 0 ? "other numbers" : `${posteriors.length} numbers`,
      where: "decodeHeartStates()",
    });
  }
  const cycles = likeliestCycles(posteriors, { frameRate, leastConfidence });
  if (cycles.heartRate === null || frames / frameRate / 3 < BEATS * 60 / cycles.heartRate) return cycles;
  const third = HEART_STATES.length * Math.floor(frames / 3);
  const [before, after] = [posteriors.subarray(0, third), posteriors.subarray(-third)]
    .map((part) => likeliestCycles(part, { frameRate, leastConfidence }).heartRate ?? cycles.heartRate!);
  if (Math.max(before / after, after / before) < CHANGE) return cycles;
  const reason = `its rhythm changes, from about ${before.toFixed()} to about ${after.toFixed()} beats a minute`;
  return { ...cycles, heartRate: null, systolicInterval: null, murmur: null, reason };
}

function likeliestCycles(
  posteriors: Float32Array,
  { frameRate, leastConfidence }: Required<DecodeHeartStatesOptions>,
): HeartCycles {
  const width = HEART_STATES.length;
  // What each frame says for a state, relative to knowing nothing, `[states][frames]`.
  const evidence = HEART_STATES.map((_, state) =>
    Float64Array.from(
      { length: posteriors.length / width },
      (_, t) => WITNESS * Math.log(Math.max(posteriors[t * width + state], 1e-6)),
    )
  );
  const rhythms = heartRhythms(posteriors, { frameRate, most: RHYTHMS });
  const hear = (rhythm: HeartRhythm, murmur: MurmurTiming | null): Hearing => {
    const { states, logDurations } = stateDurations(murmur, rhythm, frameRate);
    const { score, segments } = durationViterbi(states.map((state) => evidence[state]), logDurations);
    return { score, rhythm, murmur, segments: segments.map((part) => ({ ...part, state: states[part.state] })) };
  };
  // No murmur and one all through systole are the two ends: by them the rhythm is chosen, and then the timing.
  const ends = (rhythms.length > 0 ? rhythms : [NO_RHYTHM])
    .map((rhythm) => [hear(rhythm, null), hear(rhythm, "holosystolic")])
    .reduce((best, pair) => likeliest(pair).score > likeliest(best).score ? pair : best);
  const timed = MURMUR_TIMINGS.slice(1).map((murmur) => hear(ends[0].rhythm, murmur));
  return answer([...ends, ...timed], { posteriors, frameRate, leastConfidence });
}

/** The cycles of one rhythm, with or without a murmur. */
interface Hearing extends StatePath {
  rhythm: HeartRhythm;
  murmur: MurmurTiming | null;
}

function likeliest(hearings: readonly Hearing[]): Hearing {
  return hearings.reduce((best, one) => one.score > best.score ? one : best);
}

function answer(
  all: readonly Hearing[],
  { posteriors, frameRate, leastConfidence }: Required<DecodeHeartStatesOptions> & { posteriors: Float32Array },
): HeartCycles {
  const frames = posteriors.length / HEART_STATES.length;
  const belief = (parts: StatePath["segments"]) => beliefIn(parts, posteriors);
  const hearings = all.map(({ murmur, score, segments }) => (
    { murmur, confidence: belief(segments), logLikelihood: score / frames }
  ));
  const inState = ({ segments }: StatePath, name: HeartState["state"]) =>
    segments.filter(({ state }) => HEART_STATES[state] === name);
  const best = likeliest(all.filter((one) => one.murmur === null || belief(inState(one, "murmur")) >= leastConfidence));
  // Silence is found by anything: what counts are the two sounds, each as much as the other.
  const confidence = (belief(inState(best, "S1")) + belief(inState(best, "S2"))) / 2;
  const states = best.segments.map(({ state, start, end }) => (
    { start: start / frameRate, end: end / frameRate, state: HEART_STATES[state] }
  ));
  // What lasts from the first frame on may have begun before. Where the sound is gone for a while, the path goes on by
  // its rhythm alone: that is no heart rate.
  const beats = inState(best, "S1").filter(({ start }) => start > 0)
    .map((beat) => ({ onset: beat.start / frameRate, isHeard: belief([beat]) >= leastConfidence }));
  const cycles = beats.slice(1).flatMap((next, i) =>
    beats[i].isHeard && next.isHeard ? [[beats[i].onset, next.onset]] : []
  );
  const lengths = cycles.map(([start, end]) => end - start);
  const without = (reason: string) => ({
    ...{ states, heartRate: null, systolicInterval: null, murmur: null, confidence, reason, hearings },
  });
  if (confidence < leastConfidence) {
    const why = `too noisy, too faint, or no heart (${Math.round(100 * confidence)} % sure of what was found)`;
    return without(`no heart sounds can be followed in it: ${why}`);
  }
  if (lengths.length < 2) return without("it holds fewer than two whole heart cycles that can be followed");
  const second = states.filter(({ state }) => state === "S2").map(({ start }) => start);
  const intervals = cycles.map(([start]) => second.find((time) => time > start)! - start);
  return {
    states,
    heartRate: 60 * lengths.length / lengths.reduce((sum, length) => sum + length, 0),
    systolicInterval: intervals.toSorted((a, b) => a - b)[intervals.length >> 1],
    ...{ murmur: best.murmur, confidence, reason: null, hearings },
  };
}

/** Mean probability of the states in parts of a path; 0 where there are none. */
function beliefIn(parts: StatePath["segments"], posteriors: Float32Array): number {
  let sum = 0, frames = 0;
  for (const { state, start, end } of parts) {
    for (let t = start; t < end; t++) sum += posteriors[t * HEART_STATES.length + state];
    frames += end - start;
  }
  return frames === 0 ? 0 : sum / frames;
}
