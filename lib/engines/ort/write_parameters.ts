import type { LayersModel, Variable } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { arranged } from "./program_builder.ts";
import { type ModelVectors, withVectors } from "./with_vectors.ts";
import type { Program } from "./program.ts";

/** Copies trained weights and moving statistics into a model of the same layers. */
export async function writeParameters(model: LayersModel, program: Program, vectors: ModelVectors): Promise<void> {
  const tf = await import("@tensorflow/tfjs");
  const written = withVectors(program, vectors).parameters.filter(({ role }) => role !== "frozen");
  for (const { name, index, data, tfShape, order } of written) {
    const variable = model.weights[index!];
    if (variable === undefined || variable.shape.join() !== tfShape.join()) {
      throw new InputError({
        expected: `a variable ${name} [${tfShape.join(", ")}]`,
        found: variable ? `[${variable.shape.join(", ")}]` : "none",
        where: `the model "${model.name}"`,
        remedy: "write to the model that was trained, or to one built in the same way",
      });
    }
    const extents = order.map((axis) => tfShape[axis]);
    const back = order.map((_, axis) => order.indexOf(axis));
    // Not by write(), which would apply a constraint to what may be an average.
    tf.tidy(() => void (variable.read() as Variable).assign(tf.tensor(arranged(data, extents, back), [...tfShape])));
  }
}
