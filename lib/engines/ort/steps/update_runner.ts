import type { Tensor } from "onnxruntime-node";
import { compileUpdate } from "../compile_step.ts";
import { writeModel } from "../onnx/write_model.ts";
import { openSession, tensorOf } from "../ort_runtime.ts";
import type { Program } from "../program.ts";
import type { StepContext } from "./step_runner.ts";

/** Moves the weights of a state by a gradient that several sessions have made together. */
export interface UpdateRunner {
  /** @returns What regularizers add to the loss. */
  run(gradient: Float32Array, scalars: Readonly<Record<string, number>>): Promise<number>;
  dispose(): Promise<void>;
}

/** Compiles the update of a program's weights. */
export async function updateRunner(
  { runtime, options, optimizer, rules, groups, state }: StepContext,
  program: Program,
): Promise<UpdateRunner> {
  const parts = { clip: options.optimizer.clipNorm, optimizer, rules, groups, ema: options.ema };
  const session = await openSession(runtime, writeModel(compileUpdate(program, parts)), { threads: 1 });
  return {
    async run(gradient, scalars) {
      const vector = (data: Float32Array) => tensorOf(runtime, data, [gradient.length]);
      const feeds: Record<string, Tensor> = { gradient: vector(gradient) };
      for (const [name, value] of Object.entries(scalars)) feeds[name] = tensorOf(runtime, Float32Array.of(value), []);
      const penalty = new Float32Array(1);
      const penalised = session.outputNames.includes("penalty");
      const fetches: Record<string, Tensor> = penalised ? { penalty: tensorOf(runtime, penalty, []) } : {};
      for (const name of state.names.filter((name) => name !== "statistics")) {
        feeds[name] = vector(state.current(name));
        fetches[`${name} next`] = vector(state.next(name));
      }
      await session.run(feeds, fetches);
      return penalty[0];
    },
    dispose: () => session.release(),
  };
}
