import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { OnnxModel } from "./onnx/model.ts";
import { writeModel } from "./onnx/write_model.ts";

/** The part of onnxruntime-node that the engine uses, loaded when first needed. */
export type Runtime = typeof import("onnxruntime-node");

/** Loads onnxruntime-node: half a second that a task which trains nothing should not wait for. */
export async function loadRuntime(): Promise<Runtime> {
  return await import("onnxruntime-node");
}

/** How a session of onnxruntime is opened. */
export interface OpenOptions {
  threads: number;
  /** Writes onnxruntime's own profile to a file whose name begins so. */
  profile?: string;
}

/** A graph ready to run. */
export async function openModel(runtime: Runtime, model: OnnxModel, options: OpenOptions): Promise<InferenceSession> {
  return await openSession(runtime, writeModel(model), options);
}

/** A file ready to run. */
export async function openSession(
  runtime: Runtime,
  bytes: Uint8Array,
  { threads, profile }: OpenOptions,
): Promise<InferenceSession> {
  return await runtime.InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    // A planned block stays beside what the first run took: twice the memory for no measurable time.
    enableMemPattern: false,
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
  });
}

/** A tensor over an array, which is not copied. */
export function tensorOf(runtime: Runtime, data: Float32Array | Uint8Array, shape: readonly number[]): Tensor {
  return data instanceof Float32Array
    ? new runtime.Tensor("float32", data, shape)
    : new runtime.Tensor("bool", data, shape);
}
