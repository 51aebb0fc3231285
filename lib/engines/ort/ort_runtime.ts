import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { OnnxModel } from "./onnx/model.ts";
import { CPU, type Target } from "./onnx/target.ts";
import { writeModel } from "./onnx/write_model.ts";
import { cardFailure } from "./steps/card_failure.ts";

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

export interface OpenOptions extends Pick<Machine, "target" | "profile"> {
  threads: number;
  /** Outputs that stay on the card. */
  kept?: readonly string[];
  /** Whether its threads sleep between two runs, in which others use the cores. @default {false} */
  sleeps?: boolean;
}

export async function openModel(runtime: Runtime, model: OnnxModel, options: OpenOptions): Promise<InferenceSession> {
  return await openSession(runtime, writeModel(model), options);
}

/** @throws {AuscultError} also from the session's runs, where what a graphics card can't do ends them. */
export async function openSession(
  runtime: Runtime,
  bytes: Uint8Array,
  { threads, profile, sleeps, target = CPU, kept = [] }: OpenOptions,
): Promise<InferenceSession> {
  const opening = runtime.InferenceSession.create(bytes, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    // A planned block stays beside what the first run took: twice the memory for no measurable time.
    enableMemPattern: false,
    ...(sleeps ? { extra: { session: { intra_op: { allow_spinning: "0" } } } } : {}),
    ...(target === CPU ? {} : onCard(target, kept)),
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
  });
  return target === CPU ? await opening : await guarded(opening);
}

/** A session on a card, whose failures are sentences. */
async function guarded(opening: Promise<InferenceSession>): Promise<InferenceSession> {
  const fail = (cause: unknown): never => {
    throw cardFailure(cause);
  };
  const session = await opening.catch(fail);
  const run = session.run.bind(session) as (...asked: unknown[]) => ReturnType<InferenceSession["run"]>;
  session.run = (...asked: unknown[]) => run(...asked).catch(fail);
  return session;
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
  const { Tensor } = runtime;
  return data instanceof Float32Array ? new Tensor("float32", data, shape) : new Tensor("bool", data, shape);
}
