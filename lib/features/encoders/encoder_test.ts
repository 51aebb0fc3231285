import { expect } from "expect";
import { join } from "node:path";
import { encoder, openInput, rows, speechEmbedding } from "../mod.ts";
import { encoderFile } from "./encoder_file.ts";
import { randomWeights } from "./random_weights.ts";

const noise = (length: number) => Float32Array.from({ length }, (_, i) => 0.1 * Math.sin(i * i));
const window = { seconds: 2, padding: "zero" as const };
const speech = speechEmbedding().valueOf() as { file: string; sha256: string };

Deno.test("the speech embedding gives 96 numbers each 80 ms, more slowly where it hears faster", async () => {
  const plain = openInput({ ...speechEmbedding(), ...window });
  expect([plain.sampleRate, plain.frames, plain.bands, plain.axes.hop]).toEqual([16_000, 16, 96, 0.08]);
  expect((await plain.compute(noise(plain.samples))).length).toBe(16 * 96);
  const fast = openInput({ ...speechEmbedding({ playbackRate: 8 }), ...window, seconds: 8 });
  expect([fast.sampleRate, fast.frames, fast.axes.hop]).toEqual([2000, 3, 0.64]);
  // The same numbers are the same sound, whichever rate is said of them.
  const same = openInput({ ...speechEmbedding(), ...window, seconds: 1 });
  expect(await fast.compute(noise(16_000))).toEqual(await same.compute(noise(16_000)));
});

Deno.test("pooled, embeddings are their mean and their maximum, and stand beside those of another speed", async () => {
  const options = { ...window, padding: "circular" as const };
  const sequence = openInput({ ...speechEmbedding(), ...options });
  const pooled = openInput({ ...speechEmbedding({ pooling: "mean-max" }), ...options });
  const values = await sequence.compute(noise(sequence.samples));
  const both = await pooled.compute(noise(pooled.samples));
  const column = Array.from({ length: 16 }, (_, row) => values[row * 96 + 5]);
  expect(both[5]).toBeCloseTo(column.reduce((a, b) => a + b) / 16, 4);
  expect(both[96 + 5]).toBe(Math.max(...column));
  const fast = speechEmbedding({ pooling: "mean", playbackRate: 2 });
  const joined = openInput({
    ...rows({ inputs: [speechEmbedding({ pooling: "mean-max" }), fast] as never }),
    ...options,
  });
  expect([joined.frames, joined.bands]).toEqual([1, 288]);
  expect((await joined.compute(noise(joined.samples))).subarray(0, 192)).toEqual(both);
  // A clip of 1.2 s is longer than the 0.775 s that an encoder hears at once, and shorter than those at twice the speed.
  expect(await joined.compute(noise(19_200))).toHaveLength(0);
  expect(await pooled.compute(noise(511))).toHaveLength(0); // not one frame of 512
});

Deno.test("random weights are others, and the same each time", async () => {
  const options = { ...speechEmbedding({ weights: "random" }), ...window };
  const random = openInput(options), trained = openInput({ ...speechEmbedding(), ...window });
  const samples = noise(random.samples);
  const values = await random.compute(samples);
  expect(values).toEqual(await random.compute(samples));
  expect(values).not.toEqual(await trained.compute(samples));
  const bytes = await encoderFile(speech);
  const drawn = randomWeights(bytes, { seed: 1 });
  expect(drawn.length).toBe(bytes.length);
  expect(drawn).not.toEqual(randomWeights(bytes, { seed: 2 }));
});

Deno.test("what an encoder lacks is told in a sentence", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "other.onnx");
    const hear = async (change: Parameters<typeof speechEmbedding>[0]) => {
      const input = openInput({ ...speechEmbedding(change), ...window });
      return await input.compute(noise(input.samples));
    };
    const other = { sha256: "0".repeat(64) };
    await expect(hear({ file, ...other })).rejects.toThrow(/no such file.*other\.onnx.*bring the file/);
    await Deno.writeFile(file, new Uint8Array([1, 2, 3]));
    await expect(hear({ file, ...other })).rejects.toThrow(/SHA-256 0000.*another or a damaged one/);
    await expect(hear({ file, sha256: "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81" }))
      .rejects.toThrow(/an ONNX file that onnxruntime runs/);
    await expect(hear({ window: 70 })).rejects.toThrow(
      /fits the encoder's \[.*76, 32, 1\].*70|fits the encoder's \[.*76/,
    );
    // 48 would make two embeddings of each, and 16 bands two frames.
    for (const dimension of [95, 48, 192]) {
      await expect(hear({ dimension })).rejects.toThrow(new RegExp(`embeddings .* of ${dimension} numbers.*96`));
    }
    const front = { ...(speechEmbedding().valueOf() as { input: Record<string, unknown> }).input, bands: 16 };
    await expect(hear({ input: front as never })).rejects.toThrow(/frames of 16 numbers.*32/);
    expect(() => openInput({ ...speechEmbedding(), ...window, seconds: 0.5 })).toThrow(/at least one frame/);
    expect(() => openInput({ ...speechEmbedding({ playbackRate: 7 }), ...window })).toThrow(/playbackRate/);
    const { licence: _, ...without } = speechEmbedding() as unknown as Record<string, unknown>;
    expect(() => openInput({ ...without, ...window } as never)).toThrow(/licence/);
    expect(encoder.definition.name).toBe("encoder");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
