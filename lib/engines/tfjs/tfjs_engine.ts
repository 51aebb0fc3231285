import * as tf from "@tensorflow/tfjs";
import type { Engine } from "../engine.ts";
import { checkTraining } from "../check_training.ts";
import { MIXED, refuseOption } from "../refuse_option.ts";
import { webgpuAdapter } from "../webgpu_adapter.ts";
import { type BackendName, loadBackend, onBackend } from "./backend.ts";
import { tfjsInference } from "./before_last_layer.ts";
import { tfjsSession } from "./tfjs_session.ts";

const RUN_BY = {
  cpu: () => Promise.resolve("plain JavaScript, one thread"),
  wasm: () => Promise.resolve("WebAssembly SIMD, one thread"),
  webgpu: async () => `on ${(await webgpuAdapter())?.name}`,
};

/**
 * An engine on a backend of TensorFlow.js, which derives any model and any layer that tfjs knows.
 *
 * @throws {InputError} where this machine can't run the backend.
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
      return await onBackend(name, () => tfjsSession(model, options, name));
    },
    infer: (model) => tfjsInference(name, model),
  };
}
