import type { Tensor } from "onnxruntime-node";
import { compileUpdate } from "../compile_step.ts";
import { writeModel } from "../onnx/write_model.ts";
import { openSession } from "../ort_runtime.ts";
import type { Program } from "../program.ts";
import { GRADIENT_NORM } from "../loss_scale.ts";
import { named, numberFeeds, onlyNumber, type Tensors } from "./feeds.ts";
import type { StatePlace } from "./state_place.ts";
import type { StepContext } from "./step_runner.ts";

/** Weights of which one thread alone moves all: others would take longer to wake up. */
const FEW = 2 ** 20;

/** Threads that move so many weights, of those that are there. */
export function updateThreads(weights: number, threads = 1): number {
  return weights > FEW ? threads : 1;
}

/** Compiles the update of a program's weights, by a gradient that several runs have made together. */
export async function updateRunner(
  { runtime, options, optimizer, rules, groups, state, target }: StepContext,
  program: Program,
  place: StatePlace,
) {
  const { ema, precision, optimizer: { clipNorm: clip } } = options;
  const parts = { clip, optimizer, rules, groups, ema, target, precision };
  const kept = place.kept.filter((name) => name !== "statistics next");
  const threads = updateThreads(state.current("weights").length, options.threads);
  const opened = { threads, sleeps: true, target, kept };
  const session = await openSession(runtime, writeModel(compileUpdate(program, parts)), opened);
  return {
    /** @returns What regularizers add to the loss, what the place of the state is to take, and whether it may. */
    async run(gradient: Tensor, numbers: Readonly<Record<string, number>>) {
      const feeds = { ...place.feeds(), ...numberFeeds(runtime, numbers), gradient };
      const fetches = { ...place.fetches(), penalty: null, [GRADIENT_NORM]: null };
      const { penalty, [GRADIENT_NORM]: norm, ...moved } = await session.run(
        named(feeds, session.inputNames),
        named<Tensor | null>(fetches, session.outputNames),
      );
      const overflow: boolean = norm !== undefined && !Number.isFinite(onlyNumber(norm));
      return { penalty: penalty ? onlyNumber(penalty) : 0, moved: moved as Tensors, overflow };
    },
    dispose: () => session.release(),
  };
}
