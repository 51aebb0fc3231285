import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import type { InferenceSession } from "onnxruntime-node";
import { loadTfjs } from "../../models/mod.ts";
import type { Inference } from "../engine.ts";
import { compileInference } from "./compile_inference.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";
import { FREE_EXTENT } from "./graph.ts";
import { importModel } from "./import_model.ts";
import { sizeOf } from "./onnx/rearrange.ts";
import { type Machine, openModel, tensorOf } from "./ort_runtime.ts";
import { type ModelVectors, pack, packedData, withVectors } from "./pack_parameters.ts";
import type { Program } from "./program.ts";

/** Examples that go through the graph at once: enough for speed, few enough for memory. */
const CHUNK = 64;

/** A model in inference mode, its output as one row of numbers in tfjs' order. */
export async function inference(machine: Machine, model: LayersModel, threads: number): Promise<Inference> {
  const tf = await loadTfjs();
  const row = tf.layers.flatten().apply(model.outputs[0]) as SymbolicTensor;
  const program = importModel(tf.model({ inputs: model.inputs, outputs: row }), FREE_EXTENT);
  const [weights, statistics] = (["trained", "statistic"] as const).map((role) => packedData(pack(program, role)));
  const { predict, dispose } = predictor(machine, program, threads);
  return {
    run: (inputs, count) => predict(inputs, { count, weights, statistics }),
    dispose: async () => await dispose(),
  };
}

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
      const compile = () => compileInference(foldBatchNorm(withVectors(program, vectors)), { target });
      const session = await (opened ??= openModel(runtime, compile(), { threads, target }));
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
