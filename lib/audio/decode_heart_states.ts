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
  /** Mean probability of the states that were found, 0 to 1. */
  confidence: number;
  /** Why there is no rate, as a phrase; `null` where there is one. */
  reason: string | null;
  /** The healthy heart and then each murmur, all in the rhythm of the most likely; empty where nothing was tried. */
  hearings: HeartHearing[];
}

export interface DecodeHeartStatesOptions {
  /** Posteriors a second, Hz. */
  frameRate: number;
}

/** So many rhythms are tried, each with and without a murmur; the one whose path is most likely wins. */
const RHYTHMS = 3;

/** Where no rhythm repeats at all, seconds. */
const NO_RHYTHM: HeartRhythm = { cycle: 0.8, interval: 0.3 };

/** Neighbouring frames say much the same, so each counts for less than one witness. */
const WITNESS = 0.5;

/** Less confident paths follow noise. */
const LEAST_CONFIDENCE = 0.5;

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
export function decodeHeartStates(posteriors: Float32Array, { frameRate }: DecodeHeartStatesOptions): HeartCycles {
  const frames = posteriors.length / HEART_STATES.length;
  if (!Number.isInteger(frames) || frames < 1 || !posteriors.every((p) => p >= 0 && p <= 1)) {
    throw new InputError({
      expected: `rows of ${HEART_STATES.length} probabilities`,
      found: Number.isInteger(frames) && frames > 0 ? "other numbers" : `${posteriors.length} numbers`,
      where: "decodeHeartStates()",
    });
  }
  const evidence = HEART_STATES.map((_, state) => logarithms(posteriors, state));
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
  return answer([...ends, ...MURMUR_TIMINGS.slice(1).map((murmur) => hear(ends[0].rhythm, murmur))], {
    posteriors,
    frameRate,
  });
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
  { posteriors, frameRate }: { posteriors: Float32Array; frameRate: number },
): HeartCycles {
  const width = HEART_STATES.length, frames = posteriors.length / width;
  const belief = ({ state, start, end }: StatePath["segments"][number]) => {
    let sum = 0;
    for (let t = start; t < end; t++) sum += posteriors[t * width + state];
    return sum;
  };
  const confidenceOf = ({ segments }: Hearing) => segments.reduce((sum, part) => sum + belief(part), 0) / frames;
  const hearings = all.map((one) => ({
    murmur: one.murmur,
    confidence: confidenceOf(one),
    logLikelihood: one.score / frames,
  }));
  const best = likeliest(all), { segments, murmur } = best, confidence = confidenceOf(best);
  const states = segments.map(({ state, start, end }) => ({
    start: start / frameRate,
    end: end / frameRate,
    state: HEART_STATES[state],
  }));
  // What lasts from the first frame on may have begun before.
  const beats = segments.filter(({ state, start }) => HEART_STATES[state] === "S1" && start > 0);
  const second = states.filter(({ state }) => state === "S2").map(({ start }) => start);
  // Where the sound is gone for a while, the path goes on by its rhythm alone: that is no heart rate.
  const heard = beats.map((beat) => belief(beat) >= LEAST_CONFIDENCE * (beat.end - beat.start));
  const cycles = beats.slice(1).flatMap(({ start: end }, i) =>
    heard[i] && heard[i + 1] ? [{ start: beats[i].start / frameRate, end: end / frameRate }] : []
  );
  const noRate = (reason: string) => ({
    states,
    heartRate: null,
    systolicInterval: null,
    murmur: null,
    confidence,
    reason,
    hearings,
  });
  if (confidence < LEAST_CONFIDENCE) {
    const share = `${Math.round(100 * confidence)} %`;
    return noRate(
      `no heart sounds can be followed in it: too noisy, too faint, or no heart (${share} sure of what was found)`,
    );
  }
  if (cycles.length < 2) return noRate("it holds fewer than two whole heart cycles that can be followed");
  const intervals = cycles.map(({ start }) => second.find((time) => time > start)! - start);
  return {
    states,
    heartRate: 60 * cycles.length / cycles.reduce((sum, { start, end }) => sum + end - start, 0),
    systolicInterval: intervals.toSorted((a, b) => a - b)[intervals.length >> 1],
    murmur,
    confidence,
    reason: null,
    hearings,
  };
}

/** What each frame says for a state, relative to knowing nothing, `[frames]`. */
function logarithms(posteriors: Float32Array, state: number): Float64Array {
  const width = HEART_STATES.length;
  return Float64Array.from({ length: posteriors.length / width }, (_, t) => {
    return WITNESS * Math.log(Math.max(posteriors[t * width + state], 1e-6));
  });
}
