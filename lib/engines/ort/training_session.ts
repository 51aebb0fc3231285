import type { LayersModel, Variable } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { checkBatch } from "../check_training.ts";
import type { SessionOptions, TrainingSession } from "../engine.ts";
import { layerGroups, normalisingLayer } from "../layers_of.ts";
import { lossOf } from "../losses/mod.ts";
import { noNumber } from "../no_number.ts";
import { weightRules } from "../weight_rules.ts";
import { FREE_EXTENT } from "./graph.ts";
import { importModel } from "./import_model.ts";
import { scaleNumbers, scaleVector } from "./loss_scale.ts";
import { sizeOf } from "./onnx/rearrange.ts";
import { groupRateName, type OptimizerRule, optimizerRule } from "./optimizers/mod.ts";
import type { Machine } from "./ort_runtime.ts";
import { type ModelVectors, pack, packedData, withVectors } from "./pack_parameters.ts";
import { predictor } from "./predictor.ts";
import type { Program } from "./program.ts";
import { arranged } from "./program_builder.ts";
import { fittingStep } from "./steps/fitting_step.ts";
import { replicatedStep } from "./steps/replicated_step.ts";
import { trainingState } from "./steps/training_state.ts";

/** A training of a model: its state, and what runs its steps. */
export async function trainingSession(
  machine: Machine,
  model: LayersModel,
  options: SessionOptions,
): Promise<TrainingSession> {
  const { ema, batchSize, threads = 1 } = options;
  const optimizer = optimizerRule(options.optimizer);
  const program = importModel(model, FREE_EXTENT);
  const state = firstState(program, optimizer, options);
  const inputShape = program.input.shape.slice(1), outputs = program.output.shape[1];
  const predictions = predictor(machine, program, threads);
  const rules = weightRules(model);
  const groups = layerGroups(model, options.layerGroups ?? []);
  const normalised = normalisingLayer(model);
  const context = { ...machine, model, options, optimizer, rules, groups, state, inputShape, outputs, normalised };
  const shared = machine.target === undefined && sharesBatches(options);
  const runner = shared ? await replicatedStep(context, threads) : fittingStep(context);
  await runner.prepare(batchSize);
  const modelWeights = async () => {
    await runner.gather();
    const weights = state.current(ema === undefined ? "weights" : "ema");
    return { weights, statistics: state.current("statistics") };
  };

  return {
    async step(batch, stepOptions) {
      checkBatch(batch, { inputSize: sizeOf(inputShape), outputs, normalised });
      const { learningRate, groupRates, meanwhile } = stepOptions;
      const rates = options.layerGroups?.map((_, i) => [groupRateName(i), groupRates?.[i] ?? 1]) ?? [];
      const numbers = {
        ...optimizer.scalars(stepOptions, state.step),
        ...scaleNumbers(options.precision, state.step),
        ...Object.fromEntries(rates),
      };
      const { loss } = await runner.run(batch, numbers, meanwhile);
      if (!Number.isFinite(loss)) {
        throw noNumber({ loss, step: state.step, learningRate, where: await runner.findBroken(batch) });
      }
      state.advance();
      predictions.forget();
      return { loss };
    },
    predict: async (inputs, count) => predictions.predict(inputs, { count, ...await modelWeights() }),
    writeTo: async (target) => writeParameters(target, program, await modelWeights()),
    async state() {
      await runner.gather();
      return state.save();
    },
    restore(saved) {
      state.load(saved);
      runner.forget();
      predictions.forget();
      return Promise.resolve();
    },
    async dispose() {
      await runner.dispose();
      await predictions.dispose();
    },
  };
}

function firstState(program: Program, { slots }: OptimizerRule, { ema, precision }: SessionOptions) {
  const [weights, statistics] = (["trained", "statistic"] as const).map((role) => packedData(pack(program, role)));
  return trainingState({
    ...{ weights, statistics },
    ...Object.fromEntries(slots.map((name) => [name, new Float32Array(weights.length)])),
    ...(ema === undefined ? {} : { ema: weights }),
    ...scaleVector(precision),
  });
}

/**
 * Whether threads are spent on replicas rather than inside the nodes: always where the loss is a sum over examples, a part
 * has two of them, and parts need not be smaller still. Measured faster for every model family (bench/README.md), and
 * chosen by a rule rather than by a trial, so that the same options give the same bits.
 */
function sharesBatches({ threads = 1, batchSize, loss, accumulate = 1, precision }: SessionOptions): boolean {
  return threads > 1 && accumulate === 1 && precision !== "mixed" && batchSize >= 2 * threads &&
    !lossOf(loss).definition.acrossExamples;
}

/** Copies trained weights and moving statistics into a model of the same layers. */
async function writeParameters(model: LayersModel, program: Program, vectors: ModelVectors): Promise<void> {
  const tf = await import("@tensorflow/tfjs");
  const written = withVectors(program, vectors).parameters.filter(({ role }) => role !== "frozen");
  for (const { name, index, data, tfShape, order } of written) {
    const variable = model.weights[index!];
    if (variable === undefined || variable.shape.join() !== tfShape.join()) {
      throw new InputError({
        expected: `a variable ${name} [${tfShape.join(", ")}]`,
        found: variable ? `[${variable.shape.join(", ")}]` : "none",
        where: `the model "${model.name}"`,
        remedy: "write to the model that was trained, or to one built in the same way",
      });
    }
    const extents = order.map((axis) => tfShape[axis]);
    const back = order.map((_, axis) => order.indexOf(axis));
    // Not by write(), which would apply a constraint to what may be an average.
    tf.tidy(() => void (variable.read() as Variable).assign(tf.tensor(arranged(data, extents, back), [...tfShape])));
  }
}
