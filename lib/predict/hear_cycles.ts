import { decodeHeartStates, type HeartCycles } from "../audio/decode_heart_states.ts";
import type { OpenInput } from "../features/open_input.ts";
import { answerByFrame, type FrameAnswer } from "../runs/bundle/answer_by_frame.ts";
import { standardiseWhole } from "../training/feature_statistics.ts";
import type { Predictor } from "./predictor.ts";
import type { HeardState, HeartSummary } from "./sound_prediction.ts";

export interface HearOptions {
  /** The bundle's. */
  input: OpenInput;
  /** The whole of it before it was prepared. */
  recording: { samples: Float32Array; sampleRate: number };
  /** What is known of patient and recording. */
  attributes: Readonly<Record<string, string | number>>;
}

/** What networks say of a recording. */
export interface HeardPieces {
  /** Seconds: the windows, or the whole. */
  pieces: { start: number; end: number }[];
  /** `[pieces, classes]`: the mean over the networks; behind them what they say of it at other speeds and through devices. */
  said: Float64Array;
  /** The heart behind what networks by frame say. */
  cycles?: { heart: HeartSummary; states: HeardState[]; isHeard: boolean };
}

/** Below it no heart sounds can be followed. */
const LEAST_CONFIDENCE = 0.5;

/** What networks by frame say of a prepared recording, as a whole and moment by moment. */
export async function hearCycles(
  { bundle, networks }: Predictor,
  prepared: Float32Array,
  { input }: HearOptions,
): Promise<HeardPieces> {
  const features = standardiseWhole(await input.compute(prepared), input), frameRate = 1 / input.axes.hop;
  const answers: FrameAnswer[] = [];
  for (const network of networks) answers.push(await answerByFrame(network, features, { bundle, frameRate }));
  const mean = (of: FrameAnswer["posteriors" | "probabilities"][]) =>
    Float64Array.from(of[0], (_, i) => of.reduce((sum, own) => sum + own[i], 0) / of.length);
  const posteriors = Float32Array.from(mean(answers.map(({ posteriors }) => posteriors)));
  const cycles = decodeHeartStates(posteriors, { frameRate, leastConfidence: LEAST_CONFIDENCE });
  const width = bundle.frameAnswers!.classes.length;
  const states = cycles.states.map((state): HeardState => {
    const [first, last] = [state.start, state.end].map((second) => Math.round(second * frameRate));
    const own = posteriors.subarray(first * width, last * width);
    const probabilities = Array.from(
      { length: width },
      (_, c) => own.reduce((sum, value, i) => i % width === c ? sum + value : sum, 0) * width / own.length,
    );
    return { ...state, probabilities };
  });
  return {
    pieces: [{ start: 0, end: prepared.length / input.sampleRate }],
    said: mean(answers.map(({ probabilities }) => probabilities)),
    cycles: { heart: heartSummary(cycles), states, isHeard: cycles.confidence >= LEAST_CONFIDENCE },
  };
}

export function heartSummary({ states: _states, hearings: _hearings, ...summary }: HeartCycles): HeartSummary {
  return summary;
}
