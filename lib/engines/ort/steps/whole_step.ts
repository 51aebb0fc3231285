import type { Tensor } from "onnxruntime-node";
import { compileStep } from "../compile_step.ts";
import { importModel } from "../import_model.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import { writeModel } from "../onnx/write_model.ts";
import { CPU } from "../onnx/target.ts";
import { openSession, tensorOf } from "../ort_runtime.ts";
import { cardFailure } from "./card_failure.ts";
import { drawNoise } from "./draw_noise.ts";
import { findBrokenLayer } from "./find_broken_layer.ts";
import { cardPlace, hostPlace } from "./state_place.ts";
import { remembered, type StepContext, type StepRunner } from "./step_runner.ts";

/** Runs the whole step, from the batch to the new weights, as one graph. */
export function wholeStep(
  { runtime, block, target = CPU, profile, model, options, optimizer, rules, groups, state, inputShape, outputs }:
    StepContext,
): StepRunner {
  const { loss, ema, seed, threads = 1 } = options;
  const inputSize = sizeOf(inputShape);
  const place = target === CPU ? hostPlace(runtime, state) : cardPlace(runtime, state, target);
  const { kept } = place;
  const fail = (cause: unknown): never => {
    throw target === CPU ? cause : cardFailure(cause);
  };
  /** The last batch of an epoch may be smaller: each count has a graph of its own. */
  const graphs = remembered(async (count: number) => {
    const program = importModel(model, count);
    const { optimizer: { clipNorm: clip } } = options;
    const compiled = compileStep(program, { loss, optimizer, rules, groups, ema, clip, block, target });
    const opening = openSession(runtime, writeModel(compiled.model), { threads, profile, target, kept });
    return { program, noises: compiled.noises, session: await opening.catch(fail) };
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
      const results = await session.run({ ...feeds, ...place.feeds() }, { loss: null, ...place.fetches() }).catch(fail);
      const [value] = results.loss.data as Float32Array;
      if (Number.isFinite(value)) place.take(results);
      else place.drop(results);
      return value;
    },
    async findBroken({ inputs, count }) {
      const { program, noises } = await graphs.of(count);
      await place.gather();
      return await findBrokenLayer(runtime, program, {
        inputs: inputs.subarray(0, count * inputSize),
        noises: new Map(noiseOf(noises).map(({ name, data }) => [name, data])),
        weights: state.current("weights"),
        statistics: state.current("statistics"),
      });
    },
    gather: () => place.gather(),
    forget: () => place.forget(),
    async dispose() {
      await place.dispose();
      const open = await Promise.all(graphs.values());
      if (profile !== undefined) { for (const { session } of open) session.endProfiling(); }
      await Promise.all(open.map(({ session }) => session.release()));
    },
  };
}
