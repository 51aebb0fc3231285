import type { Tensor } from "onnxruntime-node";
import { compileStep } from "../compile_step.ts";
import { importModel } from "../import_model.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import { writeModel } from "../onnx/write_model.ts";
import { openSession, tensorOf } from "../ort_runtime.ts";
import { drawNoise } from "./draw_noise.ts";
import { findBrokenLayer } from "./find_broken_layer.ts";
import { remembered, type StepContext, type StepRunner } from "./step_runner.ts";

/** Runs the whole step, from the batch to the new weights, as one graph. */
export function wholeStep(
  { runtime, block, profile, model, options, optimizer, rules, groups, state, inputShape, outputs }: StepContext,
): StepRunner {
  const { loss, ema, seed, threads = 1 } = options;
  const inputSize = sizeOf(inputShape);
  /** The last batch of an epoch may be smaller: each count has a graph of its own. */
  const graphs = remembered(async (count: number) => {
    const program = importModel(model, count);
    const compiled = compileStep(program, {
      loss,
      optimizer,
      rules,
      groups,
      ema,
      clip: options.optimizer.clipNorm,
      block,
    });
    return {
      program,
      noises: compiled.noises,
      session: await openSession(runtime, writeModel(compiled.model), { threads, profile }),
    };
  });
  const noiseOf = (noises: Awaited<ReturnType<typeof graphs.of>>["noises"]) =>
    noises.map((noise) => ({ ...noise, data: drawNoise(noise, { seed, step: state.step }) }));

  return {
    async prepare(count) {
      await graphs.of(count);
    },
    async run({ inputs, targets, weights, count }, scalars) {
      const { session, noises } = await graphs.of(count);
      const feeds: Record<string, Tensor> = {
        inputs: tensorOf(runtime, inputs.subarray(0, count * inputSize), [count, ...inputShape]),
        targets: tensorOf(runtime, targets.subarray(0, count * outputs), [count, outputs]),
        shares: tensorOf(runtime, weights.subarray(0, count), [count]),
      };
      for (const [name, value] of Object.entries(scalars)) feeds[name] = tensorOf(runtime, Float32Array.of(value), []);
      for (const { name, data, shape } of noiseOf(noises)) feeds[name] = tensorOf(runtime, data, shape);
      const value = new Float32Array(1);
      const fetches: Record<string, Tensor> = { loss: tensorOf(runtime, value, []) };
      for (const name of state.names) {
        feeds[name] = tensorOf(runtime, state.current(name), [state.current(name).length]);
        fetches[`${name} next`] = tensorOf(runtime, state.next(name), [state.next(name).length]);
      }
      await session.run(feeds, fetches);
      return value[0];
    },
    async findBroken({ inputs, count }) {
      const { program, noises } = await graphs.of(count);
      return await findBrokenLayer(runtime, program, {
        inputs: inputs.subarray(0, count * inputSize),
        noises: new Map(noiseOf(noises).map(({ name, data }) => [name, data])),
        weights: state.current("weights"),
        statistics: state.current("statistics"),
      });
    },
    async dispose() {
      const open = await Promise.all(graphs.values());
      if (profile !== undefined) { for (const { session } of open) session.endProfiling(); }
      await Promise.all(open.map(({ session }) => session.release()));
    },
  };
}
