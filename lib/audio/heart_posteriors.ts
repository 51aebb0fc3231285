import { framePosteriors } from "./heart_cycles/frame_network.ts";
import { FRAME_RATE, heartFrames } from "./heart_cycles/heart_frames.ts";
import network from "./heart_cycles/network.json" with { type: "json" };
import { readNetwork } from "./heart_cycles/read_network.ts";

/** What a network says of each moment of a recording. */
export interface HeartPosteriors {
  /** `[frames, 5]`: S1, systole, S2, diastole, murmur in systole; rows that sum to 1, near 0.2 each where no heart is heard. */
  posteriors: Float32Array;
  /** Frames a second, Hz. */
  frameRate: number;
}

const layers = readNetwork(network.layers);

/**
 * What each 20 ms of a recording are likely to be, by the network of {@linkcode segmentHeartCycles} alone: what
 * {@linkcode decodeHeartStates} finds cycles in. The rate must be 1000 Hz or more.
 */
export function heartPosteriors(samples: Float32Array, { sampleRate }: { sampleRate: number }): HeartPosteriors {
  return { posteriors: framePosteriors(heartFrames(samples, { sampleRate }), layers), frameRate: FRAME_RATE };
}
