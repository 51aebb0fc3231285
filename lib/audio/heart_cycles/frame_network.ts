import { FRAME_WIDTH } from "./heart_frames.ts";

/** What a frame is told to be, in the order of the posteriors' columns. */
export const HEART_STATES = ["S1", "systole", "S2", "diastole", "murmur"] as const;

export interface DenseLayer {
  /** `[inputs, units]` */
  weights: Float64Array;
  /** `[units]` */
  bias: Float64Array;
}

/** A layer as it is kept: whole numbers of 16 bits, to be multiplied by `step`. */
export interface PackedLayer {
  /** `[inputs, units]` in base64, low byte first. */
  weights: string;
  step: number;
  bias: number[];
}

/** The layers of a network that {@linkcode packNetwork} wrote. */
export function readNetwork(layers: readonly PackedLayer[]): DenseLayer[] {
  return layers.map(({ weights, step, bias }) => {
    const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    return {
      weights: Float64Array.from({ length: bytes.length / 2 }, (_, i) => step * view.getInt16(2 * i, true)),
      bias: Float64Array.from(bias),
    };
  });
}

/** Frames before and behind that the network looks at: dense where it is, up to 1 s away. */
const CONTEXT = [1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 36, 42, 50];
const OFFSETS = [...CONTEXT.map((frames) => -frames), 0, ...CONTEXT];

/** Numbers that the network sees of a frame and its neighbours. */
export const NETWORK_INPUTS = OFFSETS.length * FRAME_WIDTH;

/** Writes what the network sees of frame `t`, beyond the ends the last one; `tempo`: how much faster the heart shall beat. */
export function networkInputs(frames: Float32Array, t: number, inputs: Float32Array, tempo = 1): void {
  const last = frames.length / FRAME_WIDTH - 1;
  for (let o = 0; o < OFFSETS.length; o++) {
    const from = Math.max(0, Math.min(last, t + Math.round(tempo * OFFSETS[o]))) * FRAME_WIDTH;
    for (let f = 0; f < FRAME_WIDTH; f++) inputs[o * FRAME_WIDTH + f] = frames[from + f];
  }
}

/**
 * What each frame is likely to be by a network of dense layers with ReLU between them.
 *
 * @param frames `[frames, FRAME_WIDTH]`
 * @returns `[frames, 5]`, rows that sum to 1.
 */
export function framePosteriors(frames: Float32Array, layers: readonly DenseLayer[]): Float32Array {
  const count = frames.length / FRAME_WIDTH, states = HEART_STATES.length;
  const posteriors = new Float32Array(count * states);
  const inputs = new Float32Array(NETWORK_INPUTS);
  for (let t = 0; t < count; t++) {
    networkInputs(frames, t, inputs);
    let values: ArrayLike<number> = inputs;
    for (const [l, layer] of layers.entries()) {
      values = dense(l === 0 ? values : Float64Array.from(values, (x) => Math.max(0, x)), layer);
    }
    const top = Math.max(...Array.from(values));
    const chances = Array.from(values, (x) => Math.exp(x - top)), sum = chances.reduce((total, x) => total + x, 0);
    for (let s = 0; s < states; s++) posteriors[t * states + s] = chances[s] / sum;
  }
  return posteriors;
}

function dense(inputs: ArrayLike<number>, { weights, bias }: DenseLayer): Float64Array {
  const units = bias.length, sums = bias.slice();
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i], row = i * units;
    for (let u = 0; u < units; u++) sums[u] += input * weights[row + u];
  }
  return sums;
}
