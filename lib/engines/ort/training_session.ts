import type { LayersModel } from "@tensorflow/tfjs";
import type { InferenceSession } from "onnxruntime-node";
import { TrainingError } from "../../errors/mod.ts";
import { checkBatch } from "../check_batch.ts";
import type { Batch, SessionOptions, StepOptions, TrainingSession } from "../engine.ts";
import { type CompiledStep, compileStep } from "./compile_step.ts";
import { drawNoise } from "./draw_noise.ts";
import { importModel } from "./import_model.ts";
import { findBrokenLayer } from "./find_broken_layer.ts";
import { FREE_EXTENT } from "./graph.ts";
import { sizeOf } from "./onnx/rearrange.ts";
import { optimizerRule } from "./optimizers/mod.ts";
import { openModel, type Runtime, tensorOf } from "./ort_runtime.ts";
import { pack, packedData } from "./pack_parameters.ts";
import type { Program } from "./program.ts";
import { predictor } from "./predictor.ts";
import { trainingState } from "./training_state.ts";
import { writeParameters } from "./write_parameters.ts";

interface Step {
  program: Program;
  compiled: CompiledStep;
  session: InferenceSession;
}

/** One training on one session of onnxruntime a batch size. */
export async function trainingSession(
  { runtime, block }: { runtime: Runtime; block: number },
  model: LayersModel,
  options: SessionOptions,
): Promise<TrainingSession> {
  const { loss, ema, seed, threads = 1 } = options;
  const optimizer = optimizerRule(options.optimizer);
  const single = importModel(model, FREE_EXTENT);
  const weights = packedData(pack(single, "trained"));
  const state = trainingState({
    weights,
    statistics: packedData(pack(single, "statistic")),
    ...Object.fromEntries(optimizer.slots.map((name) => [name, new Float32Array(weights.length)])),
    ...(ema === undefined ? {} : { ema: weights }),
  });
  const inputSize = sizeOf(single.input.shape.slice(1));
  const outputs = single.output.shape[1];
  const predictions = predictor(runtime, single, threads);
  const steps = new Map<number, Promise<Step>>();

  /** The last batch of an epoch may be smaller: each count has a graph of its own. */
  function stepFor(count: number) {
    const known = steps.get(count);
    if (known) return known;
    const made = (async () => {
      const parts = { loss, optimizer, ema, clip: options.optimizer.clipNorm, block };
      const program = importModel(model, count);
      const compiled = compileStep(program, parts);
      return { program, compiled, session: await openModel(runtime, compiled.model, { threads }) };
    })();
    steps.set(count, made);
    return made;
  }

  const modelWeights = () => ({
    weights: state.current(ema === undefined ? "weights" : "ema"),
    statistics: state.current("statistics"),
  });

  await stepFor(options.batchSize);
  return {
    async step(batch: Batch, stepOptions: StepOptions) {
      checkBatch(batch, { inputSize, outputs });
      const { count } = batch;
      const { compiled, session, program } = await stepFor(count);
      const tensor = (data: Float32Array | Uint8Array, shape: readonly number[]) => tensorOf(runtime, data, shape);
      const drawn = new Map(compiled.noises.map((noise) => [noise.name, drawNoise(noise, { seed, step: state.step })]));
      const scalars = Object.entries(optimizer.scalars(stepOptions, state.step));
      const feeds = {
        inputs: tensor(batch.inputs.subarray(0, count * inputSize), [count, ...single.input.shape.slice(1)]),
        targets: tensor(batch.targets.subarray(0, count * outputs), [count, outputs]),
        shares: tensor(batch.weights.subarray(0, count), [count]),
        ...Object.fromEntries(scalars.map(([name, value]) => [name, tensor(Float32Array.of(value), [])])),
        ...Object.fromEntries(
          state.names.map((name) => [name, tensor(state.current(name), [state.current(name).length])]),
        ),
        ...Object.fromEntries(
          compiled.noises.map(({ name, shape }) => [name, tensor(drawn.get(name)!, shape)]),
        ),
      };
      const value = new Float32Array(1);
      await session.run(feeds, {
        loss: tensor(value, []),
        ...Object.fromEntries(
          state.names.map((name) => [`${name} next`, tensor(state.next(name), [state.next(name).length])]),
        ),
      });
      if (!Number.isFinite(value[0])) {
        const vectors = { weights: state.current("weights"), statistics: state.current("statistics") };
        const inputs = batch.inputs.subarray(0, count * inputSize);
        throw new TrainingError({
          expected: "a loss that is a number",
          found: `${value[0]} at step ${state.step} with learning rate ${stepOptions.learningRate}`,
          where: await findBrokenLayer(runtime, program, { inputs, noises: drawn, ...vectors }),
          remedy: "lower the learning rate, set clipNorm, or look for values in the features that are no numbers",
        });
      }
      state.advance();
      predictions.forget();
      return { loss: value[0] };
    },
    predict: (inputs, count) => predictions.predict(inputs, { count, ...modelWeights() }),
    writeTo: (target) => writeParameters(target, single, modelWeights()),
    state: () => Promise.resolve(state.save()),
    restore(saved) {
      state.load(saved);
      predictions.forget();
      return Promise.resolve();
    },
    async dispose() {
      const open = await Promise.all(steps.values());
      await Promise.all(open.map(({ session }) => session.release()));
      steps.clear();
      await predictions.dispose();
    },
  };
}
