import * as tf from "@tensorflow/tfjs";
import { checkTraining, MIXED, refuseOption } from "../check_training.ts";
import type { Engine, SessionOptions, SessionState, TrainingSession } from "../engine.ts";
import { webgpuAdapter } from "../webgpu_adapter.ts";
import { type BackendName, loadBackend, onBackend, tfjsInference } from "./backend.ts";
import { sessionVariables } from "./session_variables.ts";
import { inputsOf, trainStep } from "./train_step.ts";

const RUN_BY = {
  cpu: () => Promise.resolve("plain JavaScript, one thread"),
  wasm: () => Promise.resolve("WebAssembly SIMD, one thread"),
  webgpu: async () => `on ${(await webgpuAdapter())?.name}`,
};

/**
 * An engine on a backend of TensorFlow.js, which derives any model and any layer that tfjs knows; an InputError where this
 * machine can't run the backend.
 */
export async function tfjsEngine(name: BackendName): Promise<Engine> {
  await loadBackend(name);
  const check: Engine["check"] = (model, options) => {
    if ((options.accumulate ?? 1) > 1) {
      refuseOption(name, { option: "accumulate", instead: "--engine ort or ort-webgpu" });
    }
    if (options.precision === "mixed") refuseOption(name, MIXED);
    checkTraining(model, options);
  };
  return {
    name,
    description: `tfjs ${tf.version_core} ${name}, ${await RUN_BY[name]()}`,
    check,
    async train(model, options) {
      await check(model, options);
      return await onBackend(name, () => session(model, options, name));
    },
    infer: (model) => tfjsInference(name, model),
  };
}

/** Trains a copy of the model by tfjs's own derivation. Runs on the backend that is current. */
function session(source: tf.LayersModel, options: SessionOptions, backend: BackendName): TrainingSession {
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
    writeTo: (target) =>
      onBackend(backend, () =>
        tf.tidy(() =>
          // By the variables themselves, whatever constraints they have.
          averaged(() => target.weights.forEach((weight, i) => (weight.read() as tf.Variable).assign(tf.clone(all[i]))))
        )),
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
    dispose: () => onBackend(backend, () => tf.dispose(Object.values(kept))),
  };
}
