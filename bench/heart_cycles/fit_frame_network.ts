import * as tf from "@tensorflow/tfjs";
import {
  type DenseLayer,
  HEART_STATES,
  NETWORK_INPUTS,
  networkInputs,
} from "../../lib/audio/heart_cycles/frame_network.ts";
import { openEngine } from "../../lib/engines/mod.ts";
import { randomStream } from "../../lib/random/mod.ts";
import { type AnnotatedRecording, frameStates } from "./heart_children.ts";

const STATES = HEART_STATES.length;
const UNITS = [96, 32], BATCH = 256, DROPOUT = 0.1, RATE = 2e-3, AVERAGE = 0.999;

/** Learns to tell frames apart; the answers are as if each state were as frequent as the others. */
export async function fitFrameNetwork(recordings: AnnotatedRecording[], { epochs = 6 } = {}): Promise<DenseLayer[]> {
  const examples = recordings.flatMap((recording) =>
    [...frameStates(recording)].flatMap((state, t) => state < 0 ? [] : [{ frames: recording.frames, t, state }])
  );
  const { engine } = await openEngine("ort", { threads: 1 });
  const model = untrained();
  const session = await engine.train(model, {
    loss: { kind: "categorical-cross-entropy" },
    optimizer: { kind: "adam" },
    batchSize: BATCH,
    seed: 0,
    ema: AVERAGE,
  });
  const stream = randomStream(0, "frames");
  const inputs = new Float32Array(BATCH * NETWORK_INPUTS), weights = new Float32Array(BATCH).fill(1);
  const batches = Math.floor(examples.length / BATCH);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = stream.shuffle(examples);
    for (let batch = 0; batch < batches; batch++) {
      const targets = new Float32Array(BATCH * STATES);
      for (let i = 0; i < BATCH; i++) {
        const { frames, t, state } = order[batch * BATCH + i];
        networkInputs(frames, t, inputs.subarray(i * NETWORK_INPUTS, (i + 1) * NETWORK_INPUTS));
        targets[i * STATES + state] = 1;
      }
      const done = (epoch + batch / batches) / epochs;
      const learningRate = RATE * (1 + Math.cos(Math.PI * done)) / 2 + RATE / 200;
      await session.step({ inputs, targets, weights, count: BATCH }, { learningRate });
    }
  }
  await session.writeTo(model);
  const arrays = model.getWeights().map((tensor) => Float64Array.from(tensor.dataSync()));
  const layers = [...UNITS, STATES].map((_, l) => ({ weights: arrays[2 * l], bias: arrays[2 * l + 1] }));
  const frequency = HEART_STATES.map((_, s) => examples.filter(({ state }) => state === s).length / examples.length);
  layers.at(-1)!.bias.forEach((value, s, bias) => bias[s] = value - Math.log(Math.max(frequency[s], 1e-3)));
  await session.dispose();
  model.dispose();
  return layers;
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
