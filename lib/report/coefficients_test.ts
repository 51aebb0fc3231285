import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { heartCyclesInput, type InputOptions, logMelInput, openInput } from "../features/mod.ts";
import { buildModel } from "../models/mod.ts";
import { writeFixtureBundle } from "../predict/fixture_bundle.ts";
import { runIn, saveModel } from "../runs/mod.ts";
import { readCoefficients } from "./coefficients.ts";

const input = { ...heartCyclesInput(), seconds: 4, padding: "none" } as InputOptions;

Deno.test("coefficients are what the last layer adds to the log odds of a class, the weightiest first", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const run = runIn(folder), bundle = await writeFixtureBundle(folder, { input });
    const { bands: names } = openInput(input).axes, width = names.length;
    // The first two numbers speak for the second class in both networks by 1 and 3, and against it by 2; the third by turns.
    for (const [i, { model }] of bundle.members.entries()) {
      const kernel = new Float32Array(2 * width);
      kernel.set([-0.5, i + 0.5, 0, -2, 0, i === 0 ? 0.5 : -0.5]);
      kernel[1] = [0.5, 2.5][i];
      const head = await buildModel({ kind: "head" }, { frames: 1, bands: width, channels: 1, classes: 2, seed: 0 });
      head.layers.at(-1)!.setWeights([tf.tensor2d(kernel, [width, 2]), tf.tensor1d([7, -7])]);
      await saveModel(run, `model/${model.replace(".json", "")}`, head);
      head.dispose();
    }
    const { murmur: [first, second, third] } = (await readCoefficients(run, bundle))!;
    expect(first).toEqual({ name: names[0], difference: 2, low: 1, high: 3, told: true });
    expect(second).toEqual({ name: names[1], difference: -2, low: -2, high: -2, told: true });
    expect(third).toMatchObject({ difference: 0, told: false });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a network with hidden layers and a spectrogram have no coefficients", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const mel = { ...logMelInput({ preset: "pcg" }), seconds: 1, padding: "zero" } as InputOptions;
    for (const  of of[input, mel]) {
      expect(await readCoefficients(runIn(folder), await writeFixtureBundle(folder, { input: of }))).toBeNull();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
