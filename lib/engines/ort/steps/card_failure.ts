import { AuscultError, CardLostError, InputError, TrainingError } from "../../../errors/mod.ts";

/** What onnxruntime says of a card, as a sentence that tells how to go on. */
export function cardFailure(cause: unknown): AuscultError {
  if (cause instanceof AuscultError) return cause;
  const lines = (cause as Error).message.trim().split("\n");
  const ofMemory = lackOfMemory(cause);
  const ofLimit = lines.find((line) => /\bmax(imum)?\b.*\bis\b|exceeds|\blimits?\b/i.test(line));
  if (/fallback to CPU/i.test(lines[0])) {
    return new InputError({
      expected: "a network of which onnxruntime can compute all on a graphics card",
      found: "a layer or loss of one's own with nodes that it has for the processor alone",
      remedy: "use --engine ort",
      cause,
    });
  }
  if (ofMemory) {
    return new TrainingError({
      expected: "memory on the graphics card for a step",
      found: reason(ofMemory),
      remedy: "lower training.batchSize, or use --engine ort",
      cause,
    });
  }
  if (ofLimit) {
    return new InputError({
      expected: "a graphics card whose driver can compute all of this network",
      found: reason(ofLimit),
      remedy: "install the card's newest driver, lower training.batchSize, or use --engine ort",
      cause,
    });
  }
  return new CardLostError({
    expected: "a graphics card that answers",
    found: reason(lines[0]),
    remedy: "go on from the last checkpoint once the card is back, or on --engine ort",
    cause,
  });
}

/**
 * What onnxruntime says where memory ran out. Its WebGPU tells of the allocation itself in its log alone; what it throws is
 * that the buffer, which was never made, is no valid one.
 */
export function lackOfMemory(failure: unknown): string | undefined {
  const said = failure instanceof AuscultError ? failure.cause : failure;
  if (!(said instanceof Error)) return undefined;
  return said.message.trim().split("\n").find((line) => /memory|buffer size|invalid buffer|bad.alloc/i.test(line));
}

/** What went wrong, without the places in onnxruntime's source at which it was noticed. */
function reason(line: string): string {
  const [, said] = /^.*\.(?:cc|cpp|h):\d+ (?:.* was false\. )?(.*)$/.exec(line) ?? [];
  return `"${(said || line).trim().replace(/\.$/, "")}"`;
}
