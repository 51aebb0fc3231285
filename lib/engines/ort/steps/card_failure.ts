import { type AuscultError, InputError, TrainingError } from "../../../errors/mod.ts";

/** What onnxruntime says of a card, as a sentence that tells how to go on. */
export function cardFailure(cause: unknown): AuscultError {
  const lines = (cause as Error).message.trim().split("\n");
  const ofMemory = lines.find((line) => /memory|buffer size/i.test(line));
  if (/fallback to CPU/i.test(lines[0])) {
    return new InputError({
      expected: "a network of which onnxruntime can compute all on a graphics card",
      found: "a layer or loss of one's own with nodes that it has for the processor alone",
      remedy: "use --engine ort",
      cause,
    });
  }
  return new TrainingError({
    expected: ofMemory ? "memory on the graphics card for a step" : "a graphics card that answers",
    found: ofMemory ?? lines[0],
    remedy: ofMemory
      ? "lower training.batchSize, or use --engine ort"
      : "the same command with --resume goes on from the last checkpoint once the card is back; --engine ort does without",
    cause,
  });
}
