import type { InferenceSession } from "onnxruntime-node";
import { InputError } from "../../errors/mod.ts";
import { checkTraining, MIXED, refuseOption } from "../check_training.ts";
import type { Engine } from "../engine.ts";
import { lossOf } from "../losses/mod.ts";
import { webgpuAdapter } from "../webgpu_adapter.ts";
import { blockSize } from "./block_size.ts";
import { checkOwnParts } from "./check_own_parts.ts";
import { compileGradient } from "./compile_step.ts";
import { createGraph, FREE_EXTENT, type Graph, type Tensor } from "./graph.ts";
import { importModel } from "./import_model.ts";
import { unary } from "./onnx/arithmetic.ts";
import { WEBGPU } from "./onnx/webgpu.ts";
import { loadRuntime, type Machine, openModel, tensorOf } from "./ort_runtime.ts";
import { inference } from "./predictor.ts";
import { trainingSession } from "./training_session.ts";

/**
 * The engine that compiles the whole training step of a `tf.LayersModel` to one ONNX graph and lets onnxruntime run it.
 *
 * @example One step of a model with one weight
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
 * const engine = await ortEngine({ threads: 1 });
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 2, kernelInitializer: "zeros" })] });
 * const loss = { kind: "categorical-cross-entropy" } as const;
 * const session = await engine.train(model, { loss, optimizer: { kind: "sgd" }, batchSize: 1, seed: 0 });
 * const batch = { inputs: Float32Array.of(1), targets: Float32Array.of(1, 0), weights: Float32Array.of(1), count: 1 };
 * const step = await session.step(batch, { learningRate: 0.1 });
 * expect(step.loss).toBeCloseTo(Math.log(2), 6);
 * await session.dispose();
 * ```
 */
export async function ortEngine({ threads }: { threads: number }): Promise<Engine> {
  const runtime = await loadRuntime();
  const by = `${threads} thread${threads === 1 ? "" : "s"}`;
  return compilingEngine("ort", { runtime, block: await blockSize(runtime) }, { threads, by });
}

/**
 * The same graphs on a graphics card, through the WebGPU of onnxruntime: forward, backward and update stay there, and so do
 * weights and moments from step to step.
 *
 * @throws {InputError} where onnxruntime finds no card that will do.
 */
export async function ortWebgpuEngine(): Promise<Engine> {
  const machine = { runtime: await loadRuntime(), block: 1, target: WEBGPU };
  const adapter = await webgpuAdapter();
  await tryCard(machine);
  const by = `WebGPU on ${adapter?.name ?? "an adapter without a name"}`;
  return compilingEngine("ort-webgpu", machine, { threads: 1, by });
}

function compilingEngine(
  name: "ort" | "ort-webgpu",
  machine: Machine,
  { threads, by }: { threads: number; by: string },
): Engine {
  const check: Engine["check"] = async (model, options) => {
    checkTraining(model, options);
    if ((options.accumulate ?? 1) > 1 && lossOf(options.loss).definition.acrossExamples) {
      refuseOption(name, { option: "accumulate", instead: "another loss: this one compares the examples of a batch" });
    }
    if (options.precision === "mixed") {
      if (name === "ort") refuseOption(name, MIXED);
      await tryHalf(machine);
    }
    compileGradient(importModel(model, FREE_EXTENT), { ...options, target: machine.target });
    await checkOwnParts(machine, model, options);
  };
  return {
    name,
    description: `onnxruntime-node ${machine.runtime.env.versions.node ?? ""}, ${by}`,
    check,
    async train(model, options) {
      await check(model, options);
      return await trainingSession(machine, model, { threads, ...options });
    },
    infer: (model, options) => inference(machine, model, options.threads),
  };
}

/** A session that stays open: with the last one onnxruntime forgets all shaders that it has compiled. */
let cardInUse: InferenceSession | undefined;

async function tryCard(machine: Machine): Promise<void> {
  cardInUse ??= await tryNodes(machine, (graph, x) => unary(graph, "Abs", x), {
    expected: "a graphics card that onnxruntime can use through WebGPU",
    remedy: "install the card's driver, or use --engine ort",
  });
}

/** Whether the card has float16, which onnxruntime says where a graph wants it. */
async function tryHalf(machine: Machine): Promise<void> {
  const session = await tryNodes(machine, (graph, x) => graph.widened(graph.narrowed(x)), {
    expected: "a graphics card with float16 arithmetic (shader-f16), which training.precision mixed needs",
    remedy: "leave training.precision out",
  });
  await session.release();
}

/** Runs a graph of one number. */
async function tryNodes(
  { runtime, target }: Machine,
  emit: (graph: Graph, x: Tensor) => Tensor,
  sentence: { expected: string; remedy: string },
): Promise<InferenceSession> {
  const graph = createGraph({ target, mixed: true });
  graph.output("y", emit(graph, graph.input("x", [1])));
  try {
    const session = await openModel(runtime, { graph: graph.finish("trial") }, { threads: 1, target });
    await session.run({ x: tensorOf(runtime, Float32Array.of(1), [1]) });
    return session;
  } catch (cause) {
    const found = ((cause as Error).cause as Error).message.trim().split(/[.:] /).at(-1)!;
    throw new InputError({ ...sentence, found, where: "engine ort-webgpu" });
  }
}
