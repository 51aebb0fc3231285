import { z } from "zod";
import { mel, type MelInput } from "../built_in_inputs.ts";

const count: z.ZodNumber = z.int().positive();
const sha256: z.ZodString = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits, as sha256sum prints them");

const frontEndFile = {
  file: z.string() as z.ZodString,
  sha256,
  /** The samples are multiplied by it: 32767 where 16-bit numbers are meant. */
  gain: z.number().positive().default(1) as z.ZodDefault<z.ZodNumber>,
  /** Samples that the first frame needs, at the encoder's rate. */
  frameLength: count,
  /** Samples from one frame to the next. */
  hopLength: count,
  bands: count,
};

type FrontEnd = "samples" | MelInput | z.output<z.ZodObject<typeof frontEndFile>>;
type Normalisation = "none" | "min-max" | { scale: number; offset: number };
type Pooling = "none" | "mean" | "max" | "mean-max";

/** An encoder's options. */
export const encoderOptions = {
  /** The ONNX file: a path, or a file of a package, `npm:NAME@VERSION/PATH`. */
  file: z.string() as z.ZodString,
  /** Of the file, 64 hexadecimal digits: `sha256sum FILE`. */
  sha256: sha256 as z.ZodString,
  /** Under which its makers let others use it, by its SPDX name: `"Apache-2.0"`. */
  licence: z.string().min(1) as z.ZodString,
  /** Samples a second that it was trained on, Hz. */
  sampleRate: count,
  /** How many times faster than it was recorded it hears a sound: 8 makes 2 kHz what it takes for 16 kHz. */
  playbackRate: z.number().positive().default(1) as z.ZodDefault<z.ZodNumber>,
  /** What it takes: samples, log-Mel of a preset, or what another ONNX file makes of samples. */
  input: z.union([z.literal("samples"), z.strictObject(mel), z.strictObject(frontEndFile)])
    .default("samples") as unknown as z.ZodDefault<z.ZodType<FrontEnd, FrontEnd>>,
  /** Done to its input: nothing, to 0..1 over the window, or times `scale` plus `offset`. */
  normalisation: z.union([
    z.enum(["none", "min-max"]),
    z.strictObject({ scale: z.number(), offset: z.number() }),
  ]).default("none") as z.ZodDefault<z.ZodType<Normalisation, Normalisation>>,
  /** Frames of its input (samples, where it takes samples) that become one embedding. */
  window: count,
  /** Frames or samples from one embedding to the next. */
  step: count,
  /** Numbers of an embedding; where it gives several of them for a window, their mean is taken. */
  dimension: count,
  /** How the embeddings of a window of the experiment become one; `none` leaves them a sequence. */
  pooling: z.enum(["none", "mean", "max", "mean-max"]).default("none") as z.ZodDefault<z.ZodType<Pooling, Pooling>>,
  /** Embeddings, or the frames that it would take: for `fineTuned`, which goes on training it. */
  gives: z.enum(["embeddings", "frames"]).default("embeddings") as z.ZodDefault<z.ZodType<"embeddings" | "frames">>,
  /** `random` draws all of its weights anew (He et al. 2015): the floor that its training has to beat. */
  weights: z.enum(["trained", "random"]).default("trained") as z.ZodDefault<z.ZodType<"trained" | "random">>,
};
export type EncoderOptions = z.output<z.ZodObject<typeof encoderOptions>>;

/** Licences that let others pass the weights on; any other may forbid it. */
const OPEN = /^(?:Apache-2\.0|MIT|ISC|BSD-[23]-Clause|CC0-1\.0|CC-BY-4\.0|Unlicense)$/i;

/** Whether a licence is known to let others pass the weights on. */
export function mayPassOn(licence: string): boolean {
  return OPEN.test(licence);
}

/** The encoders that an input is or joins, at any depth. */
export function encodersIn(input: unknown): EncoderOptions[] {
  if (typeof input !== "object" || input === null) return [];
  if ((input as { kind?: unknown }).kind === "encoder") return [input as EncoderOptions];
  return Object.values(input).flatMap(encodersIn);
}

/** The same input with encoders that have learned nothing. */
export function withRandomWeights<Input>(input: Input): Input {
  if (typeof input !== "object" || input === null) return input;
  if (Array.isArray(input)) return input.map(withRandomWeights) as Input;
  const entries = Object.entries(input).map(([key, value]) => [key, withRandomWeights(value)]);
  const changed = (input as { kind?: unknown }).kind === "encoder" ? { weights: "random", gives: "embeddings" } : {};
  return { ...Object.fromEntries(entries), ...changed } as Input;
}
