import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { z } from "zod";
import { bandpass, encodeWav, readRecording, resample } from "../../lib/audio/mod.ts";
import { float, resolveExperiment } from "../../lib/experiment/mod.ts";
import { logMel, mfcc, presets, stft } from "../../lib/features/mod.ts";
import { loadTfjs } from "../../lib/models/mod.ts";
import { randomStream } from "../../lib/random/mod.ts";
import { defineCallback } from "../../lib/training/mod.ts";
import demo from "../demo.ts";

const readme = await Deno.readTextFile(new URL("README.md", import.meta.url));
const rows = readme.split("\n").filter((line) => line.startsWith("| `")).map((line) => line.split("|")[2].trim());

Deno.test("every line of the table of other libraries' words is true", async () => {
  await loadTfjs();
  const path = await Deno.makeTempFile({ suffix: ".wav" });
  const samples = Float32Array.from({ length: 8000 }, (_, n) => Math.sin(n / 10));
  await Deno.writeFile(path, encodeWav(samples, { sampleRate: 4000 }).slice());
  const inputs = tf.input({ shape: [8, 8, 1] });
  const outputs = tf.layers.flatten().apply(inputs);
  const known = {
    ...{ tf, inputs, outputs, path, samples, z, bandpass, readRecording, resample, float, logMel, mfcc, presets, stft },
    ...{ randomStream, defineCallback },
  };
  expect(rows.length).toBeGreaterThanOrEqual(25);
  for (const row of rows) {
    const [, said] = row.match(/^`(.*)`$/)!;
    if (/^[\w.]+=/.test(said)) {
      const [key, value] = [said.slice(0, said.indexOf("=")), said.slice(said.indexOf("=") + 1)];
      const set = key.split(".").reduce<unknown>(
        (at, name) => (at as Record<string, unknown>)[name],
        resolveExperiment(demo, [said]),
      );
      const plain = typeof set === "object" ? JSON.stringify(set) : String(set);
      expect(plain).toContain(/^[[{]/.test(value) ? Object.values(JSON.parse(value)).map(String).at(-1) : value);
    } else {
      const run = new Function(...Object.keys(known), `return (async () => (${said}))();`);
      expect(await run(...Object.values(known))).toBeDefined();
    }
  }
  await Deno.remove(path);
});

Deno.test("every how-to stands in the list of how-tos", () => {
  for (const { name } of Deno.readDirSync(import.meta.dirname!)) {
    if (/_test\.ts$|_peer_checks\.ts$|^README/.test(name)) continue;
    expect(readme).toContain(`(${name})`);
  }
});
