import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { OnnxModel } from "./onnx/model.ts";
import { CPU, type Target } from "./onnx/target.ts";
import { writeModel } from "./onnx/write_model.ts";

/** The part of onnxruntime-node that the engine uses, loaded when first needed. */
export type Runtime = typeof import("onnxruntime-node");

/** Loads onnxruntime-node: half a second that a task which trains nothing should not wait for. */
export async function loadRuntime(): Promise<Runtime> {
  return await import("onnxruntime-node");
}

/** Where sessions run. */
export interface Machine {
  runtime: Runtime;
  /** Channels that lie together in the blocked order of this machine. */
  block: number;
  /** What executes the graphs. @default {CPU} */
  target?: Target;
  /** Writes a profile of the steps to a file whose name begins so, on one session only. */
  profile?: string;
}

export interface OpenOptions {
  threads: number;
  /** What executes it. @default {CPU} */
  target?: Target;
  /** Outputs that stay on the card. */
  kept?: readonly string[];
  /** Writes onnxruntime's own profile to a file whose name begins so. */
  profile?: string;
}

export async function openModel(runtime: Runtime, model: OnnxModel, options: OpenOptions): Promise<InferenceSession> {
  return await openSession(runtime, writeModel(model), options);
}

export async function openSession(
  runtime: Runtime,
  bytes: Uint8Array,
  { threads, profile, target = CPU, kept = [] }: OpenOptions,
): Promise<InferenceSession> {
  return await runtime.InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    // A planned block stays beside what the first run took: twice the memory for no measurable time.
    enableMemPattern: false,
    ...(target === CPU ? {} : onCard(target, kept)),
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
  });
}

/** Every node on the card: one that came back to the processor would take all it needs with it, each step. */
function onCard({ provider }: Target, kept: readonly string[]) {
  return {
    executionProviders: [provider],
    logSeverityLevel: 4 as const, // what fails is thrown as well
    extra: { session: { disable_cpu_ep_fallback: "1" } },
    preferredOutputLocation: Object.fromEntries(kept.map((name) => [name, "gpu-buffer"] as const)),
  };
}

/** A tensor over an array, which is not copied. */
export function tensorOf(runtime: Runtime, data: Float32Array | Uint8Array, shape: readonly number[]): Tensor {
  return data instanceof Float32Array
    ? new runtime.Tensor("float32", data, shape)
    : new runtime.Tensor("bool", data, shape);
}
