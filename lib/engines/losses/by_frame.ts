import { z } from "zod";
import type { CalledPart } from "../../parts/mod.ts";
import { div, mul, reduce } from "../ort/onnx/arithmetic.ts";
import { reshape } from "../ort/onnx/rearrange.ts";
import { defineLoss, losses, type LossFunctions, type LossPart } from "./define_loss.ts";

const byFrameOptions = {
  /** The loss of a frame. */
  of: losses.schema.prefault("categorical-cross-entropy") as z.ZodPrefault<
    z.ZodType<CalledPart<"loss">, CalledPart<"loss"> | string>
  >,
  /** Classes of a frame. */
  classes: z.int().positive() as z.ZodNumber,
};

/**
 * Another loss of each frame, averaged over the frames: outputs and targets are rows of `frames x classes`. A frame whose
 * targets are zeros doesn't count, and one whose targets are all scaled counts by that. An experiment with `targets` by
 * frame takes it by itself.
 */
export const byFrame: LossPart<"by-frame", typeof byFrameOptions> = defineLoss({
  name: "by-frame",
  options: z.strictObject(byFrameOptions),
  tensor(logits, targets, { of, classes }) {
    const { definition, options } = inner(of);
    const each = definition.tensor(logits.reshape([-1, classes]), targets.reshape([-1, classes]), options);
    return each.reshape([logits.shape[0], -1]).mean(1);
  },
  graph(graph, { logits, targets }, { of, classes }) {
    const { definition, options } = inner(of);
    const [count, outputs] = logits.shape;
    const frames = outputs / classes, rows = [count * frames, classes];
    const framed = { logits: reshape(graph, logits, rows), targets: reshape(graph, targets, rows) };
    const { losses, gradient } = definition.graph!(graph, framed, options);
    return {
      losses: reduce(graph, reshape(graph, losses, [count, frames]), { by: "Mean", axes: [1], keep: true }),
      gradient(share) {
        const ones = graph.constant(new Float32Array(frames).fill(1), [1, frames]);
        const each = div(graph, mul(graph, share, ones), frames);
        return reshape(graph, gradient(reshape(graph, each, [count * frames, 1])), [count, outputs]);
      },
    };
  },
});

function inner({ kind, ...options }: CalledPart<"loss">): { definition: LossFunctions; options: never } {
  return { definition: losses.find(kind).definition, options: options as never };
}
