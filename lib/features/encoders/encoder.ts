import { z } from "zod";
import { UsageError } from "../../errors/mod.ts";
import { defineInput, type InputForm, type InputPart } from "../define_input.ts";
import { presetOf as melPreset } from "../built_in_inputs.ts";
import { frameCount, frameLayout } from "../frame_layout.ts";
import { logMel } from "../log_mel.ts";
import { type EncoderOptions, encoderOptions } from "./encoder_options.ts";
import { openEncoder } from "./encoder_session.ts";

/** Windows that go through an encoder at once. */
const BATCH = 64;

const rateOf = ({ sampleRate, playbackRate }: EncoderOptions) => sampleRate / playbackRate;

const presetOf = ({ input }: EncoderOptions) =>
  typeof input === "object" && "preset" in input ? melPreset(input) : undefined;

/** Frames that a sound has for it, the values of each, and the samples from one to the next. */
function framing(options: EncoderOptions, samples: number): { frames: number; bands: number; hopLength: number } {
  const { input } = options;
  if (input === "samples") return { frames: samples, bands: 1, hopLength: 1 };
  const preset = presetOf(options);
  if (preset) {
    const { hopLength, nMels: bands } = preset;
    return { frames: samples === 0 ? 0 : frameCount(samples, frameLayout(preset)), bands, hopLength };
  }
  const { frameLength, hopLength, bands } = input as Exclude<typeof input, { preset: unknown }>;
  return { frames: Math.max(0, 1 + Math.floor((samples - frameLength) / hopLength)), bands, hopLength };
}

const windowsOf = ({ window, step }: EncoderOptions, frames: number) =>
  Math.max(0, 1 + Math.floor((frames - window) / step));

function shape(options: EncoderOptions, seconds: number): InputForm {
  const { step, dimension, pooling, gives } = options;
  const { frames, bands: rows, hopLength } = framing(options, Math.round(seconds * rateOf(options)));
  if (gives === "frames") {
    const axes = { hop: hopLength / rateOf(options), bands: Array.from({ length: rows }, (_, i) => `band ${i}`) };
    return { frames, bands: rows, channels: 1, axes };
  }
  const count = windowsOf(options, frames);
  const kinds = pooling === "none" ? ["e"] : pooling.split("-").map((kind) => `${kind} `);
  const bands = kinds.flatMap((kind) => Array.from({ length: dimension }, (_, i) => `${kind}${i}`));
  const pooled = pooling !== "none";
  return {
    ...{ frames: pooled ? Math.min(1, count) : count, bands: bands.length, channels: 1 },
    axes: { hop: pooled ? Math.max(seconds, 1e-3) : step * hopLength / rateOf(options), bands },
  };
}

/**
 * A network that somebody trained and that stays as it is, as an ONNX file: windows of embeddings,
 * `[embeddings, dimension, 1]`, or pooled `[1, dimension or 2 · dimension, 1]`. It is run by onnxruntime, is no part of
 * a bundle, and its file is known by its SHA-256. With `gives: "frames"` it is only its front end: `[frames, bands, 1]`.
 */
export const encoder: InputPart<"encoder", typeof encoderOptions> = defineInput({
  name: "encoder",
  options: z.strictObject(encoderOptions),
  sampleRate(options) {
    const rate = rateOf(options);
    const preset = presetOf(options);
    if (Number.isInteger(rate) && (preset?.sampleRate ?? options.sampleRate) === options.sampleRate) return rate;
    throw new UsageError({
      expected: "a playbackRate that divides the encoder's sampleRate, and a preset of that rate",
      found: `${options.sampleRate} Hz, ${options.playbackRate} times${preset ? `, ${preset.sampleRate} Hz` : ""}`,
      where: "input.sampleRate",
    });
  },
  shape,
  async compute(samples, options) {
    const { frames, bands } = framing(options, samples.length);
    const { dimension, window, step } = options;
    if (frames === 0) return new Float32Array(); // a front end may refuse what holds none
    const values = normalised(await frontEnd(samples, options), options.normalisation);
    if (options.gives === "frames") return values;
    const count = windowsOf(options, frames), size = window * bands;
    const trained = await openEncoder(options);
    const embeddings = new Float32Array(count * dimension);
    for (let start = 0; start < count; start += BATCH) {
      const many = Math.min(BATCH, count - start);
      const batch = new Float32Array(many * size);
      for (let i = 0; i < many; i++) {
        const first = (start + i) * step * bands;
        batch.set(values.subarray(first, first + size), i * size);
      }
      const given = await trained.run(batch, { count: many, width: dimension });
      embeddings.set(meanOfTokens(given, { count: many, dimension }), start * dimension);
    }
    return pool(embeddings, options);
  },
});

async function frontEnd(samples: Float32Array, options: EncoderOptions): Promise<Float32Array> {
  const { input } = options;
  if (input === "samples") return samples;
  const preset = presetOf(options);
  if (preset) return logMel(samples, preset).data;
  const file = input as Exclude<typeof input, { preset: unknown }>;
  const { frames, bands } = framing(options, samples.length);
  const louder = samples.map((sample) => sample * file.gain);
  const values = await (await openEncoder(file)).run(louder, { count: 1, width: bands });
  if (values.length >= frames * bands) return values.subarray(0, frames * bands);
  throw new UsageError({
    expected: `${frames} frames of ${bands} bands from the front end of an encoder`,
    found: `${values.length} values`,
    where: file.file,
    remedy: "let frameLength, hopLength and bands say what it gives",
  });
}

function normalised(values: Float32Array, how: EncoderOptions["normalisation"]): Float32Array {
  if (how === "none") return values;
  if (how !== "min-max") return values.map((value) => value * how.scale + how.offset);
  const low = values.reduce((a, b) => Math.min(a, b)), high = values.reduce((a, b) => Math.max(a, b));
  return values.map((value) => (value - low) / (high - low || 1));
}

/** `[count, tokens, dimension]` to the mean over the tokens, `[count, dimension]`. */
function meanOfTokens(values: Float32Array, { count, dimension }: { count: number; dimension: number }): Float32Array {
  const tokens = values.length / count / dimension;
  if (tokens === 1) return values;
  return Float32Array.from({ length: count * dimension }, (_, at) => {
    const first = Math.floor(at / dimension) * tokens * dimension + at % dimension;
    let sum = 0;
    for (let token = 0; token < tokens; token++) sum += values[first + token * dimension];
    return sum / tokens;
  });
}

function pool(embeddings: Float32Array, { dimension, pooling }: EncoderOptions): Float32Array {
  if (pooling === "none" || embeddings.length === 0) return embeddings;
  const count = embeddings.length / dimension;
  const over = (join: (a: number, b: number) => number) =>
    Float32Array.from({ length: dimension }, (_, i) => {
      let value = embeddings[i];
      for (let row = 1; row < count; row++) value = join(value, embeddings[row * dimension + i]);
      return value;
    });
  const mean = () => over((a, b) => a + b).map((sum) => sum / count);
  const max = () => over(Math.max);
  if (pooling !== "mean-max") return pooling === "mean" ? mean() : max();
  return Float32Array.of(...mean(), ...max());
}
