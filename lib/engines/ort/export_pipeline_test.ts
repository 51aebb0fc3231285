import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { InferenceSession, Tensor } from "onnxruntime-node";
import {
  type FeaturePreset,
  type InputOptions,
  inputShape,
  logMel,
  openInput,
  pcenInput,
  presets,
} from "../../features/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { BUILT_IN } from "../../features/built_in_inputs_fixture.ts";
import { createGraph, type Tensor as Value } from "./graph.ts";
import { exportPipeline } from "./mod.ts";
import { writeModel } from "./onnx/write_model.ts";

const SECONDS = 1;

/** Noise that swells, at a rate. */
function sound(sampleRate: number, name: string): Float32Array {
  const stream = randomStream(0, name);
  return Float32Array.from(
    { length: SECONDS * sampleRate },
    (_, i) => 0.1 * Math.sin(3 * i / sampleRate) ** 2 * stream.normal() + 0.2 * Math.sin(800 * i / sampleRate),
  );
}

/** A network that gives its inputs out: the front end alone. */
function identity(frames: number, nMels: number) {
  return tf.sequential({ layers: [tf.layers.flatten({ inputShape: [frames, nMels, 1] })] });
}

const CASES: Record<string, FeaturePreset> = {
  ...presets,
  "of 20 bands": { ...presets.pcg, nMels: 20 },
  "of magnitudes, reflected": { ...presets.respirenet, power: 1, padMode: "reflect" },
};

for (const [name, preset] of Object.entries(CASES)) {
  Deno.test(`exportPipeline() holds logMel() itself: ${name}`, async () => {
    await tf.setBackend("cpu");
    const windows = ["a", "b"].map((one) => sound(preset.sampleRate, one));
    const expected = windows.map((window) => logMel(window, preset));
    const [{ frames, nMels }] = expected;
    const model = identity(frames, nMels);
    // The logarithm of a softmax of x / 40 is x / 40 less a constant.
    const member = { model, mean: new Float32Array(nMels), std: new Float32Array(nMels).fill(40), temperature: 1 };
    const samples = windows[0].length;
    const session = await InferenceSession.create(
      exportPipeline([member], { input: { preset: "pcg", change: preset, seconds: SECONDS, padding: "zero" } }),
      {
        logSeverityLevel: 3,
      },
    );
    const input = Float32Array.from(windows.flatMap((window) => [...window]));
    const { probabilities } = await session.run({ samples: new Tensor("float32", input, [2, samples]) });
    const size = frames * nMels;
    expect(probabilities.dims).toEqual([2, size]);
    windows.forEach((_, w) => {
      const logs = Float64Array.from(probabilities.data.slice(w * size, (w + 1) * size) as Float32Array, Math.log);
      const { data } = expected[w];
      const offset = 40 * logs[0] - data[0];
      let largest = 0;
      data.forEach((value, i) => largest = Math.max(largest, Math.abs(40 * logs[i] - offset - value)));
      // 32-bit sums of a frame err by 1e-7 of its loudest; 80 dB lower that is 1e-3 of an amplitude, 0.01 dB.
      expect(largest).toBeLessThan(0.02);
    });
    await session.release();
  });
}

const WITH_NODES: Record<string, InputOptions> = {
  ...Object.fromEntries(Object.entries(BUILT_IN).flatMap(([name, { input, lacks }]) => lacks ? [] : [[name, input]])),
  "pcen of a logarithm": { ...pcenInput({ preset: "pcg", power: 0 }), seconds: SECONDS, padding: "zero" },
  "pcen without bias": { ...pcenInput({ preset: "pcg", bias: 0 }), seconds: SECONDS, padding: "zero" },
};

for (const [name, options] of Object.entries(WITH_NODES)) {
  Deno.test(`the nodes of an input give what it computes: ${name}`, async () => {
    const input = openInput(options), { frames, bands, channels, samples } = input;
    const windows = ["a", "b"].map((one) => sound(input.sampleRate, one));
    const graph = createGraph();
    const features = input.emit!(graph, graph.input("samples", ["count", samples])) as Value;
    expect(features.shape.slice(1)).toEqual([frames, bands, channels]);
    graph.output("features", features, ["count", frames, bands, channels]);
    const session = await InferenceSession.create(writeModel({ graph: graph.finish("input"), metadata: {} }), {
      logSeverityLevel: 3,
    });
    const both = Float32Array.from(windows.flatMap((window) => [...window]));
    const given = (await session.run({ samples: new Tensor("float32", both, [2, samples]) })).features;
    for (const [w, window] of windows.entries()) {
      const expected = await input.compute(window);
      const values = given.data.slice(w * expected.length, (w + 1) * expected.length) as Float32Array;
      const largest = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0);
      // As above, summed over the bands of a coefficient.
      expect(largest).toBeLessThan(name.includes("mfcc") || name === "rows" ? 0.05 : 0.02);
    }
    await session.release();
  });
}

Deno.test("exportPipeline() is the mean of the networks' probabilities, each at its temperature", async () => {
  await tf.setBackend("cpu");
  const preset = presets.pcg;
  const input: InputOptions = { preset: "pcg", seconds: SECONDS, padding: "zero" };
  const { frames, bands, samples } = inputShape(input);
  const stream = randomStream(0, "networks");
  const members = [0, 1].map((i) => {
    const model = tf.sequential({
      layers: [
        tf.layers.globalAveragePooling2d({ inputShape: [frames, bands, 1] }),
        tf.layers.dense({ units: 3 }),
      ],
    });
    const weights = Float32Array.from({ length: 3 }, () => stream.normal());
    model.setWeights([tf.tensor2d(weights, [1, 3]), tf.tensor1d([0.1 * i, 0, -0.2])]);
    const mean = new Float32Array(bands).fill(-40 + i), std = new Float32Array(bands).fill(10 + i);
    return { model, mean, std, temperature: 1 + i, weights, bias: [0.1 * i, 0, -0.2] };
  });
  const window = sound(preset.sampleRate, "a");
  const { data } = logMel(window, preset);
  const average = data.reduce((sum, value) => sum + value / data.length, 0);
  const expected = [0, 0, 0];
  for (const { weights, bias, mean, std, temperature } of members) {
    const standard = (average - mean[0]) / std[0];
    const exps = bias.map((b, c) => Math.exp((weights[c] * standard + b) / temperature));
    exps.forEach((e, c) => expected[c] += e / (exps[0] + exps[1] + exps[2]) / 2);
  }
  const session = await InferenceSession.create(exportPipeline(members, { input }), { logSeverityLevel: 3 });
  const { probabilities } = await session.run({ samples: new Tensor("float32", window, [1, samples]) });
  expected.forEach((p, c) => expect(Number(probabilities.data[c])).toBeCloseTo(p, 5));
  await session.release();
});
