import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { loadTfjs } from "../../models/mod.ts";
import type { Inference } from "../engine.ts";
import { FREE_EXTENT } from "./graph.ts";
import { importModel } from "./import_model.ts";
import type { Machine } from "./ort_runtime.ts";
import { pack, packedData } from "./pack_parameters.ts";
import { predictor } from "./predictor.ts";

/** A model in inference mode, its output as one row of numbers in tfjs' order. */
export async function inference(machine: Machine, model: LayersModel, threads: number): Promise<Inference> {
  const tf = await loadTfjs();
  const row = tf.layers.flatten().apply(model.outputs[0]) as SymbolicTensor;
  const program = importModel(tf.model({ inputs: model.inputs, outputs: row }), FREE_EXTENT);
  const vectors = {
    weights: packedData(pack(program, "trained")),
    statistics: packedData(pack(program, "statistic")),
  };
  const { predict, dispose } = predictor(machine, program, threads);
  return {
    run: (inputs, count) => predict(inputs, { count, ...vectors }),
    dispose: async () => await dispose(),
  };
}
