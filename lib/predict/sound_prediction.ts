import type { HeartCycles, HeartState } from "../audio/decode_heart_states.ts";

/** A piece of a recording and what was heard in it. */
export interface TimelinePiece {
  /** Seconds. */
  start: number;
  /** Seconds. */
  end: number;
  /** Calibrated, one a class. */
  probabilities: number[];
}

/** A stretch in one state of the heart, and what the networks said of it. */
export interface HeardState extends HeartState {
  /** Mean over its frames, one a class of frames; they sum to 1. */
  probabilities: number[];
}

/** Rate, systolic interval, a murmur's timing and confidence, or the reason why there are none. */
export type HeartSummary = Omit<HeartCycles, "states" | "hearings">;

/** What a model says of a recording, or why it says nothing. */
export interface SoundPrediction {
  /**
   * `answer`; `unsure`: there is an answer, but the recording is poor or the probability low; `refused`: there is none,
   * since no answer could be trusted.
   */
  verdict: "answer" | "unsure" | "refused";
  /** The class after the decision rule; `null` where it was refused. */
  label: string | null;
  /** Calibrated, one a class, they sum to 1; `null` where it was refused. */
  probabilities: number[] | null;
  /** What was heard where: one piece a window. */
  timeline: TimelinePiece[];
  /** Why it is unsure or refused, as phrases; empty for an answer. */
  reasons: string[];
  /** Length of the recording, s. */
  duration: number;
  /**
   * Distance from the training recording that sounds most alike (`neighbourhood` of `lib/rejection`); `null` where it was
   * refused before, or the bundle can't tell.
   */
  novelty: number | null;
  /** Whether the model was trained on this very recording, so that its answer says nothing of what it can. */
  known: boolean;
  /** Labels of the training recordings that sound most alike, the nearest first; empty where it was refused. */
  resembles: string[];
  /**
   * What the heart does in it: by a model that answers by frame, where it can follow a heart, else by `segmentHeartCycles`;
   * `null` for a model of lungs, or where it was refused.
   */
  heart: HeartSummary | null;
  /** By a model that answers by frame the states of the heart from start to end; else empty. */
  states: HeardState[];
}

/** What the heart does, as one phrase. */
export function heartWords({ heartRate, systolicInterval, murmur, reason }: HeartSummary): string {
  if (heartRate === null || systolicInterval === null) return `no rate: ${reason}`;
  const rhythm = `${Math.round(heartRate)} beats a minute, ${systolicInterval.toFixed(2)} s from S1 to S2`;
  return murmur === null ? rhythm : `${rhythm}; a sound between them like a ${murmur} murmur`;
}

/** What is told of a recording that the model was trained on. */
export const KNOWN = "The model was trained on this very recording: that it is right says nothing of what it can.";
