import type { InferenceSession } from "onnxruntime-node";
import { compileInference } from "./compile_inference.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";
import { sizeOf } from "./onnx/rearrange.ts";
import { type Machine, openModel, tensorOf } from "./ort_runtime.ts";
import type { Program } from "./program.ts";
import { type ModelVectors, withVectors } from "./with_vectors.ts";

/** Examples that go through the graph at once: enough for speed, few enough for memory. */
const CHUNK = 64;

/** Predicts with the weights of the moment; the graph is made when first asked for and kept until {@linkcode forget}. */
export function predictor({ runtime, target }: Machine, program: Program, threads: number) {
  let opened: Promise<InferenceSession> | undefined;
  const inputShape = program.input.shape.slice(1);
  const outputs = sizeOf(program.output.shape.slice(1));
  const forget = () => {
    const old = opened;
    opened = undefined;
    return old?.then((session) => session.release());
  };
  return {
    async predict(
      inputs: Float32Array,
      { count, ...vectors }: ModelVectors & { count: number },
    ): Promise<Float32Array> {
      opened ??= openModel(runtime, compileInference(foldBatchNorm(withVectors(program, vectors)), { target }), {
        threads,
        target,
      });
      const session = await opened;
      const size = sizeOf(inputShape);
      const logits = new Float32Array(count * outputs);
      for (let start = 0; start < count; start += CHUNK) {
        const end = Math.min(start + CHUNK, count);
        const input = tensorOf(runtime, inputs.subarray(start * size, end * size), [end - start, ...inputShape]);
        const output = tensorOf(runtime, logits.subarray(start * outputs, end * outputs), [end - start, outputs]);
        await session.run({ input }, { logits: output });
      }
      return logits;
    },
    /** The weights have changed. */
    forget,
    dispose: forget,
  };
}
