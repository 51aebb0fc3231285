import { decodeHeartStates, type HeartCycles, type MurmurTiming } from "../../lib/audio/mod.ts";
import { type DenseLayer, framePosteriors } from "../../lib/audio/heart_cycles/frame_network.ts";
import { FRAME_RATE } from "../../lib/audio/heart_cycles/heart_frames.ts";
import type { AnnotatedRecording } from "./heart_children.ts";
import { matchOnsets } from "../../lib/evaluation/mod.ts";

/** What becomes of expert's and found sounds when each is given to at most one of the other. */
export interface SoundMatches {
  /** Pairs within the tolerance. */
  hits: number;
  /** Expert's sounds that weren't found. */
  missed: number;
  /** Found sounds where the expert marked none; what lies outside of what was annotated isn't held against it. */
  invented: number;
}

type Matches = Record<"S1" | "S2", SoundMatches>;

/** How what was heard in a recording meets what the experts marked. */
export interface HeardHeart {
  /** Onsets within 100 ms. */
  wide: Matches;
  /** Onsets within 60 ms. */
  narrow: Matches;
  /** Whether more of the experts' S1 and S2 are met by the other sound than by their own. */
  swapped: boolean;
  refused: boolean;
  /** Beats a minute, against those counted from the marks; `undefined` for fewer than three, or where it was refused. */
  rateError?: number;
  murmur: MurmurTiming | null;
  /** As CirCor names the timing; "" where there is none. */
  truth: string;
}

/** A network, and the confidence below which it gives no rate. */
export interface Listener {
  layers: readonly DenseLayer[];
  leastConfidence: number;
}

/** What becomes of a recording's frames. */
export function hear(frames: Float32Array, { layers, leastConfidence }: Listener): HeartCycles {
  return decodeHeartStates(framePosteriors(frames, layers), { frameRate: FRAME_RATE, leastConfidence });
}

const WIDE = 0.1, NARROW = 0.06;

/** Judges a network, which must not have learned from the recording. */
export function hearHeart(recording: AnnotatedRecording, network: Listener): HeardHeart {
  const { states, heartRate, murmur, reason } = hear(recording.frames, network);
  const marked = { S1: 0, S2: 2 };
  const isAnnotated = (time: number) => recording.states.some(({ start, end }) => time >= start && time < end);
  const match = (sound: "S1" | "S2", tolerance: number, as = sound): SoundMatches => {
    const truth = recording.states.filter(({ state }) => state === marked[as]).map(({ start }) => start);
    const found = states.filter(({ state, start }) => state === sound && start > 0).map(({ start }) => start);
    const pairs = matchOnsets(truth, found, tolerance);
    const met = new Set(pairs.map(([, f]) => f));
    const invented = found.filter((time, f) => !met.has(f) && isAnnotated(time)).length;
    return { hits: pairs.length, missed: truth.length - pairs.length, invented };
  };
  const wide = { S1: match("S1", WIDE), S2: match("S2", WIDE) };
  const crossed = match("S1", WIDE, "S2").hits + match("S2", WIDE, "S1").hits;
  const beats = recording.states.filter(({ state }) => state === 0);
  const counted = countedRate(beats.map(({ start }) => start));
  return {
    wide,
    narrow: { S1: match("S1", NARROW), S2: match("S2", NARROW) },
    swapped: crossed > wide.S1.hits + wide.S2.hits,
    refused: reason !== null,
    ...heartRate !== null && counted !== undefined ? { rateError: Math.abs(heartRate - counted) } : {},
    murmur,
    truth: recording.timing,
  };
}

/**
 * Beats a minute by onsets of S1 in seconds: over the gaps that are no longer than half as long again as the median, since
 * between two stretches that were annotated lies one of any length. `undefined` for fewer than three onsets.
 */
export function countedRate(onsets: readonly number[]): number | undefined {
  if (onsets.length < 3) return undefined;
  const gaps = onsets.slice(1).map((onset, i) => onset - onsets[i]).sort((a, b) => a - b);
  const cycles = gaps.filter((gap) => gap < 1.5 * gaps[gaps.length >> 1]);
  return 60 * cycles.length / cycles.reduce((sum, gap) => sum + gap, 0);
}

/** F1 of all matches taken together. */
export function f1Score(all: SoundMatches[]): number {
  const sum = (key: keyof SoundMatches) => all.reduce((total, matches) => total + matches[key], 0);
  return 2 * sum("hits") / (2 * sum("hits") + sum("missed") + sum("invented"));
}
