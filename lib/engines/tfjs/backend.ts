import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { loadTfjs } from "../../models/mod.ts";
import type { Inference } from "../engine.ts";

export type BackendName = "cpu" | "wasm" | "webgpu";

let loaded: Partial<Record<BackendName, Promise<void>>> = {};
let turn: Promise<unknown> = Promise.resolve();

/** Makes a backend of tfjs ready, or says by an InputError that this machine can't run it. */
export function loadBackend(name: BackendName): Promise<void> {
  return loaded[name] ??= load(name).catch((cause) => {
    loaded = { ...loaded, [name]: undefined };
    throw cause;
  });
}

/**
 * Runs `work` on a backend, after all work that was asked for before. tfjs knows only one backend at a time, for the
 * whole process.
 */
export function onBackend<T>(name: BackendName, work: () => T | Promise<T>): Promise<T> {
  const result = turn.then(async () => {
    if (tf.getBackend() !== name) await tf.setBackend(name);
    return await work();
  });
  turn = result.catch(() => {});
  return result;
}

async function load(name: BackendName): Promise<void> {
  await loadTfjs();
  if (name === "wasm") {
    await import("@tensorflow/tfjs-backend-wasm");
    (await import("./wasm_kernels/register_wasm_kernels.ts")).registerWasmKernels();
  }
  if (name === "webgpu") await import("@tensorflow/tfjs-backend-webgpu");
  await onBackend(name, () => {});
  if (tf.getBackend() !== name) {
    throw new InputError({
      expected: `an engine that this machine can run`,
      found: `"${name}"`,
      where: "engine",
      remedy: "use ort, wasm or cpu",
    });
  }
}

/** A model in inference mode on a backend of tfjs. */
export async function tfjsInference(name: BackendName, model: tf.LayersModel): Promise<Inference> {
  await loadBackend(name);
  return {
    run: (inputs, count) =>
      onBackend(name, async () => {
        const given = tf.tensor(inputs, [count, ...model.inputs[0].shape.slice(1) as number[]]);
        const result = model.predict(given) as tf.Tensor;
        // A copy: on `cpu`, data() is the tensor's own memory.
        const data = Float32Array.from(await result.data());
        tf.dispose([given, result]);
        return data;
      }),
    dispose: () => Promise.resolve(),
  };
}
