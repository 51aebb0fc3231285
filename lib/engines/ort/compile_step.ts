import type { SessionOptions } from "../engine.ts";
import type { WeightRule } from "../weight_rules.ts";
import { batchLoss } from "./batch_loss.ts";
import { derive } from "./derive.ts";
import { emitForward } from "./emit_forward.ts";
import { constrain, penalise } from "./follow_rules.ts";
import { createGraph, type Graph, type Tensor } from "./graph.ts";
import { add, div, mul, sub } from "./onnx/arithmetic.ts";
import type { OnnxModel } from "./onnx/model.ts";
import type { Target } from "./onnx/target.ts";
import { clipNorm, groupRateName, type OptimizerRule } from "./optimizers/mod.ts";
import { lossScale, moveLossScale } from "./loss_scale.ts";
import { movePooling } from "./move_pooling.ts";
import { pack, packTensors, unpack } from "./pack_parameters.ts";
import type { Noise, Program } from "./program.ts";

/** A training step as a file for onnxruntime, and what it must be fed with beside batch and state. */
export interface CompiledStep {
  model: OnnxModel;
  noises: readonly Noise[];
}

/** What is compiled into a step. */
export interface StepParts extends Pick<SessionOptions, "loss" | "ema" | "precision"> {
  clip?: number;
  optimizer: OptimizerRule;
  /** What layers ask of their weights. */
  rules: readonly WeightRule[];
  /** See `layerGroups`. */
  groups: ReadonlyMap<number, number>;
  /** Channels that lie together in the blocked order of this machine; 1 for none. @default {1} */
  block?: number;
  /** What executes it. @default {CPU} */
  target?: Target;
}

type GradientParts = Pick<StepParts, "loss" | "block" | "target" | "precision"> & { added?: boolean };

/**
 * The whole training step as one graph: forward, loss, backward, update. Its inputs are `inputs`, `targets`, `shares` (the
 * weights of the examples), the vectors of the state and the numbers of the optimiser; its outputs `loss` and the state
 * after the step, each under its name with `next` behind it.
 */
export function compileStep(program: Program, parts: StepParts): CompiledStep {
  const { graph, loss, noises, ...half } = emitGradient(program, parts);
  const penalty = emitUpdate(graph, program, { ...half, ...parts });
  graph.output("loss", penalty ? add(graph, loss, penalty) : loss);
  return { model: { graph: graph.finish("training step") }, noises };
}

/**
 * The step without the update, whose output `gradient` replicas share. With `added` it goes on from the inputs
 * `gradient so far` and `statistics so far`, of which the statistics count by `share of the batch`.
 */
export function compileGradient(program: Program, parts: GradientParts): CompiledStep {
  const { graph, weights, loss, gradient, noises } = emitGradient(program, parts);
  graph.output("loss", loss);
  const before = parts.added && graph.input("gradient so far", weights.shape);
  graph.output("gradient", before ? add(graph, before, gradient) : gradient);
  return { model: { graph: graph.finish("gradient") }, noises };
}

/** The update alone, by an input `gradient`; where weights are regularized its output `penalty` is a part of the loss. */
export function compileUpdate(program: Program, { target, ...parts }: Omit<StepParts, "loss" | "block">): OnnxModel {
  const graph = createGraph({ target });
  const { length } = pack(program, "trained");
  const [weights, gradient] = ["weights", "gradient"].map((name) => graph.input(name, [length]));
  const scale = lossScale(graph, parts.precision);
  const penalty = emitUpdate(graph, program, { weights, gradient, scale, ...parts });
  if (penalty) graph.output("penalty", penalty);
  return { graph: graph.finish("update") };
}

function emitGradient(source: Program, { loss, block, target, precision, added = false }: GradientParts) {
  const graph = createGraph({ block, target, mixed: precision === "mixed" });
  const program = movePooling(source, graph);
  const trained = pack(program, "trained");
  const statistics = pack(program, "statistic");
  const weights = graph.input("weights", [trained.length]);
  const scale = lossScale(graph, precision);
  const [count, outputs] = program.output.shape;
  const inputs = graph.input("inputs", program.input.shape);
  const targets = graph.input("targets", [count, outputs]);
  const shares = graph.input("shares", [count]);
  const bound = new Map<number, Tensor>([[program.input.id, inputs], ...unpack(graph, trained, weights)]);
  if (statistics.length > 0) {
    const vector = graph.input("statistics", [statistics.length]);
    for (const [id, tensor] of unpack(graph, statistics, vector)) bound.set(id, tensor);
  }
  for (const { value, data, name, role } of program.parameters) {
    if (role === "frozen") bound.set(value.id, graph.constant(data, value.shape, name));
  }
  const forward = emitForward(graph, program, { bound, training: true });
  const value = batchLoss(graph, loss, { logits: graph.widened(forward.output), targets, weights: shares });
  const outputGradient = scale ? mul(graph, value.gradient, scale) : value.gradient;
  const gradients = derive(graph, program, { emitted: forward.emitted, outputGradient });
  graph.scope("state");
  if (statistics.length > 0) {
    const moved = new Map(
      statistics.parameters.map(({ value: { id } }) => [id, forward.assigned.get(id) ?? bound.get(id)!]),
    );
    const next = packTensors(graph, statistics, moved);
    const before = added && graph.input("statistics so far", next.shape);
    const share = added && graph.input("share of the batch", []);
    graph.output("statistics next", before && share ? add(graph, before, mul(graph, next, share)) : next);
  }
  const scaled = packTensors(graph, trained, gradients);
  const gradient = scale ? div(graph, scaled, scale) : scaled;
  return { graph, weights, scale, loss: value.loss, gradient, noises: forward.noises };
}

/** @returns what regularizers add to the loss. */
function emitUpdate(
  graph: Graph,
  program: Program,
  { weights, gradient, scale, clip, optimizer, ema, rules, groups }: Omit<StepParts, "loss" | "block" | "target"> & {
    weights: Tensor;
    gradient: Tensor;
    scale?: Tensor;
  },
): Tensor | undefined {
  if (scale) moveLossScale(graph, { scale, gradient });
  graph.scope("penalty");
  const whole = penalise(graph, { program, rules }, { weights, gradient });
  graph.scope("update");
  const slots = optimizer.slots.map((name) => graph.input(name, weights.shape));
  const names = Object.keys(optimizer.scalars({ learningRate: 0 }, 0));
  const scalars = Object.fromEntries(names.map((name) => [name, graph.input(name, [])]));
  const clipped = clip === undefined ? whole.gradient : clipNorm(graph, whole.gradient, clip);
  const updated = optimizer.update(graph, { weights, gradient: clipped, slots, scalars });
  const moved = slowed(graph, program, { before: weights, after: updated.weights, groups });
  const next = constrain(graph, { program, rules }, moved);
  graph.output("weights next", next);
  optimizer.slots.forEach((name, i) => graph.output(`${name} next`, updated.slots[i]));
  if (ema !== undefined) {
    const average = graph.input("ema", weights.shape);
    graph.output("ema next", add(graph, mul(graph, average, ema), mul(graph, next, 1 - ema)));
  }
  return whole.penalty;
}

/** The weights of groups of layers moved by their share of the way. */
function slowed(
  graph: Graph,
  program: Program,
  { before, after, groups }: { before: Tensor; after: Tensor; groups: StepParts["groups"] },
): Tensor {
  if (groups.size === 0) return after;
  const packing = pack(program, "trained");
  const from = unpack(graph, packing, before), to = unpack(graph, packing, after);
  const rates = [...new Set(groups.values())].toSorted((a, b) => a - b)
    .map((group) => graph.input(groupRateName(group), []));
  for (const { index, value: { id } } of packing.parameters) {
    const group = groups.get(index!);
    if (group === undefined) continue;
    const w = from.get(id)!;
    to.set(id, add(graph, w, mul(graph, sub(graph, to.get(id)!, w), rates[group])));
  }
  return packTensors(graph, packing, to);
}
