import * as tf from "@tensorflow/tfjs";
import {
  type DenseLayer,
  HEART_STATES,
  NETWORK_INPUTS,
  networkInputs,
} from "../../lib/audio/heart_cycles/frame_network.ts";
import { FRAME_WIDTH } from "../../lib/audio/heart_cycles/heart_frames.ts";
import { openEngine } from "../../lib/engines/mod.ts";
import { type RandomStream, randomStream } from "../../lib/random/mod.ts";
import { type AnnotatedRecording, frameStates } from "./heart_children.ts";
import { type SlowedHeart, slowedHeart } from "./slowed_heart.ts";

const STATES = HEART_STATES.length;
const UNITS = [96, 32], BATCH = 256, DROPOUT = 0.1, RATE = 2e-3, AVERAGE = 0.999;

/** Of each batch so many frames are of no heart: of them the network shall know nothing (Hendrycks et al. 2019, outlier exposure). */
const HEARTLESS = 32;

/** A share of the examples; of how many times something is in them. */
interface Change {
  share: number;
  least: number;
  most: number;
}

/** Children's hearts beat 60 to 150 times a minute: a quarter of the frames is heard in a heart that beats faster … */
const FAST: Change = { share: 0.25, least: 1, most: 3 };

/** … and a quarter in one that rests longer, with a systole that is a little slower. */
const SLOW: Change = { share: 0.25, least: 1.5, most: 5 }, SYSTOLE = { least: 0.65, most: 1 };

/**
 * Learns to tell frames apart; the answers are as if each state were as frequent as the others.
 *
 * @param heartless Frames of sounds without a heart.
 */
export async function fitFrameNetwork(
  recordings: AnnotatedRecording[],
  heartless: Float32Array[],
  { epochs = 6 } = {},
): Promise<DenseLayer[]> {
  const stream = randomStream(0, "frames");
  const examples = recordings.flatMap((recording) => {
    const heart = { frames: recording.frames, slowed: slowedHeart(recording, between(SLOW, stream)) };
    return [...frameStates(recording)].flatMap((state, t) => state < 0 ? [] : [{ ...heart, t, state }]);
  });
  const { engine } = await openEngine("ort", { threads: 1 });
  const model = untrained();
  const session = await engine.train(model, {
    loss: { kind: "categorical-cross-entropy" },
    optimizer: { kind: "adam" },
    batchSize: BATCH,
    seed: 0,
    ema: AVERAGE,
  });
  const frequency = HEART_STATES.map((_, s) => examples.filter(({ state }) => state === s).length / examples.length);
  const inputs = new Float32Array(BATCH * NETWORK_INPUTS), weights = new Float32Array(BATCH).fill(1);
  const hearts = BATCH - HEARTLESS, batches = Math.floor(examples.length / hearts);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = stream.shuffle(examples);
    for (let batch = 0; batch < batches; batch++) {
      const targets = new Float32Array(BATCH * STATES);
      for (let i = 0; i < BATCH; i++) {
        const row = inputs.subarray(i * NETWORK_INPUTS, (i + 1) * NETWORK_INPUTS);
        if (i < hearts) {
          const example = order[batch * hearts + i];
          see(example, row, stream);
          targets[i * STATES + example.state] = 1;
        } else {
          const frames = stream.choice(heartless);
          networkInputs(frames, Math.floor(stream.uniform() * frames.length / FRAME_WIDTH), row);
          targets.set(frequency, i * STATES);
        }
      }
      const done = (epoch + batch / batches) / epochs;
      const learningRate = RATE * (1 + Math.cos(Math.PI * done)) / 2 + RATE / 200;
      await session.step({ inputs, targets, weights, count: BATCH }, { learningRate });
    }
  }
  await session.writeTo(model);
  const arrays = model.getWeights().map((tensor) => Float64Array.from(tensor.dataSync()));
  const layers = [...UNITS, STATES].map((_, l) => ({ weights: arrays[2 * l], bias: arrays[2 * l + 1] }));
  layers.at(-1)!.bias.forEach((value, s, bias) => bias[s] = value - Math.log(Math.max(frequency[s], 1e-3)));
  await session.dispose();
  model.dispose();
  return layers;
}

/** A frame of a recording, whose state an expert told. */
interface Example {
  frames: Float32Array;
  slowed: SlowedHeart;
  t: number;
  state: number;
}

function see({ frames, slowed, t }: Example, row: Float32Array, stream: RandomStream): void {
  const kind = stream.uniform();
  if (kind < FAST.share) return networkInputs(frames, t, row, between(FAST, stream));
  if (kind < 1 - SLOW.share) return networkInputs(frames, t, row);
  const [from, to] = slowed.first.subarray(t, t + 2);
  networkInputs(slowed.frames, from + Math.floor(stream.uniform() * (to - from)), row, between(SYSTOLE, stream));
}

function between({ least, most }: Omit<Change, "share">, stream: RandomStream): number {
  return least * (most / least) ** stream.uniform();
}

function untrained(): tf.LayersModel {
  const model = tf.sequential();
  for (const [seed, units] of UNITS.entries()) {
    const kernelInitializer = tf.initializers.heNormal({ seed });
    const inputShape = seed === 0 ? [NETWORK_INPUTS] : undefined;
    model.add(tf.layers.dense({ units, activation: "relu", kernelInitializer, ...inputShape ? { inputShape } : {} }));
    model.add(tf.layers.dropout({ rate: DROPOUT }));
  }
  model.add(tf.layers.dense({ units: STATES, kernelInitializer: tf.initializers.glorotNormal({ seed: 9 }) }));
  return model;
}
