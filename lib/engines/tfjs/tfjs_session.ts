import * as tf from "@tensorflow/tfjs";
import type { SessionOptions, SessionState, TrainingSession } from "../engine.ts";
import { type BackendName, onBackend } from "./backend.ts";
import { writeValues } from "./copy_model.ts";
import { sessionVariables } from "./session_variables.ts";
import { inputsOf, trainStep } from "./train_step.ts";

/** Trains a copy of the model by tfjs's own derivation. Runs on the backend that is current. */
export function tfjsSession(source: tf.LayersModel, options: SessionOptions, backend: BackendName): TrainingSession {
  const variables = sessionVariables(source, options);
  const { model, all, kept, averaged } = variables;
  const train = trainStep(variables, options);
  let step = 0;
  return {
    step: (batch, stepOptions) =>
      onBackend(backend, async () => {
        const loss = await train(batch, stepOptions, step);
        step++;
        return { loss };
      }),
    predict: (inputs, count) =>
      onBackend(backend, async () => {
        const outputs = tf.tidy(() =>
          averaged(() => model.apply(inputsOf(model, inputs, count), { training: false }) as tf.Tensor2D)
        );
        const values = await outputs.data() as Float32Array;
        outputs.dispose();
        return values;
      }),
    writeTo: (target) => onBackend(backend, () => tf.tidy(() => averaged(() => writeValues(target, all)))),
    state: () =>
      onBackend(backend, async () => {
        const arrays: SessionState["arrays"] = {};
        for (const [name, variable] of Object.entries(kept)) {
          // A copy: on `cpu`, data() is the tensor's own memory.
          arrays[name] = { shape: variable.shape, data: Float32Array.from(await variable.data()) };
        }
        return { arrays, step };
      }),
    restore: (state) =>
      onBackend(backend, () => {
        for (const [name, variable] of Object.entries(kept)) {
          const { shape, data } = state.arrays[name];
          tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(data), shape)));
        }
        step = state.step;
      }),
    dispose: () =>
      onBackend(backend, () => {
        for (const variable of Object.values(kept)) variable.dispose();
      }),
  };
}
