import type { EncoderOptions } from "./encoder_options.ts";

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
