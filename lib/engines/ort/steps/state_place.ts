import type { Tensor } from "onnxruntime-node";
import { createGraph, type Shape } from "../graph.ts";
import type { Target } from "../onnx/target.ts";
import { openModel, type Runtime, tensorOf } from "../ort_runtime.ts";
import { onlyNumber, type Tensors } from "./feeds.ts";
import type { TrainingState } from "./training_state.ts";

/** Where the vectors of a state lie between the steps. */
export interface StatePlace {
  /** Outputs of a step that onnxruntime shall leave where they are. */
  readonly kept: readonly string[];
  /** The numbers in tensors of one that were kept. */
  numbers(tensors: readonly Tensor[]): Promise<number[]>;
  /** What a step reads. */
  feeds(): Tensors;
  /** What it writes, by name; `null` where onnxruntime makes room itself. */
  fetches(): Record<string, Tensor | null>;
  /** Goes on from what a step wrote. */
  take(results: Tensors): void;
  /** Leaves what a step wrote. */
  drop(results: Tensors): void;
  /** Brings the vectors into the state, for those who read them there. */
  gather(): Promise<void>;
  /** The state has been given other vectors. */
  forget(): void;
  dispose(): Promise<void>;
}

const nothing = () => {};

/** In the state itself. */
export function hostPlace(runtime: Runtime, state: TrainingState): StatePlace {
  const tensor = (data: Float32Array) => tensorOf(runtime, data, [data.length]);
  const named = (suffix: string, vector: (name: string) => Float32Array) =>
    Object.fromEntries(state.names.map((name) => [`${name}${suffix}`, tensor(vector(name))]));
  return {
    kept: [],
    numbers: (tensors) => Promise.resolve(tensors.map(onlyNumber)),
    feeds: () => named("", state.current),
    fetches: () => named(" next", state.next),
    take(results) {
      for (const name of state.names) {
        const { data } = results[`${name} next`];
        if (data !== state.next(name)) state.next(name).set(data as Float32Array);
      }
    },
    drop: nothing,
    gather: () => Promise.resolve(),
    forget: nothing,
    dispose: () => Promise.resolve(),
  };
}

/** Where what executes the steps has them at hand. */
export function placeOf(runtime: Runtime, state: TrainingState, target: Target): StatePlace {
  return target.provider === "cpu" ? hostPlace(runtime, state) : cardPlace(runtime, state, target);
}

/**
 * On a graphics card, so that nothing but batches and losses crosses over. The loss stays there, too: onnxruntime returns from a
 * run whose outputs all stay before the card has computed them, and waits where a number is asked for (a step of 1 s on a
 * software card returned after 0.08 s). In that time the next batch is made.
 *
 * The loss is asked for in every step: read later, it would be known to be no number when weights have moved by it, and a batch
 * that overflowed in mixed precision could not be made again. For the same reason one batch goes up ahead, and not two.
 */
function cardPlace(runtime: Runtime, state: TrainingState, target: Target): StatePlace {
  const host = hostPlace(runtime, state);
  const kept = state.names.map((name) => `${name} next`);
  let held: Tensors | undefined;
  let gathered = false;
  const release = (tensors: Tensors = {}) => {
    for (const name of kept) tensors[name]?.dispose();
  };
  // The binding ends the process where such a tensor is asked for its data: a graph that copies it is asked instead.
  let copying: ReturnType<typeof openModel> | undefined;
  let telling: ReturnType<typeof openModel> | undefined;
  return {
    kept,
    async numbers(tensors) {
      telling ??= openModel(runtime, copies(["number"], () => []), { threads: 1, target });
      const numbers: number[] = [];
      try {
        for (const tensor of tensors) {
          const { "copy of number": copy } = await (await telling).run({ number: tensor });
          numbers.push(onlyNumber(copy));
        }
      } finally {
        for (const tensor of tensors) tensor.dispose();
      }
      return numbers;
    },
    feeds: () => held ? Object.fromEntries(state.names.map((name) => [name, held![`${name} next`]])) : host.feeds(),
    fetches: () => Object.fromEntries(kept.map((name) => [name, null])),
    take(results) {
      release(held);
      [held, gathered] = [results, false];
    },
    drop: release,
    async gather() {
      if (held === undefined || gathered) return;
      const shapeOf = (name: string) => [state.current(name).length];
      copying ??= openModel(runtime, copies(state.names, shapeOf), { threads: 1, target });
      const room = Object.entries(host.feeds()).map(([name, tensor]) => [`copy of ${name}`, tensor]);
      await (await copying).run(this.feeds(), Object.fromEntries(room));
      gathered = true;
    },
    forget() {
      release(held);
      held = undefined;
    },
    async dispose() {
      this.forget();
      await (await copying)?.release();
      await (await telling)?.release();
    },
  };
}

function copies(names: readonly string[], shapeOf: (name: string) => Shape) {
  const graph = createGraph();
  for (const name of names) {
    const shape = shapeOf(name);
    graph.output(`copy of ${name}`, graph.node("Identity", [graph.input(name, shape)], shape));
  }
  return { graph: graph.finish("copies") };
}
