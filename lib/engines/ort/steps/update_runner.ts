import type { Tensor } from "onnxruntime-node";
import { compileUpdate } from "../compile_step.ts";
import { writeModel } from "../onnx/write_model.ts";
import { openSession } from "../ort_runtime.ts";
import type { Program } from "../program.ts";
import { named, numberFeeds, type Tensors } from "./feeds.ts";
import type { StatePlace } from "./state_place.ts";
import type { StepContext } from "./step_runner.ts";

/** Moves the weights of a state by a gradient that several runs have made together. */
export interface UpdateRunner {
  /** @returns What regularizers add to the loss, and what the place of the state is to take. */
  run(gradient: Tensor, numbers: Readonly<Record<string, number>>): Promise<{ penalty: number; moved: Tensors }>;
  dispose(): Promise<void>;
}

/** Compiles the update of a program's weights. */
export async function updateRunner(
  { runtime, options, optimizer, rules, groups, target }: StepContext,
  program: Program,
  place: StatePlace,
): Promise<UpdateRunner> {
  const parts = { clip: options.optimizer.clipNorm, optimizer, rules, groups, ema: options.ema, target };
  const kept = place.kept.filter((name) => name !== "statistics next");
  const session = await openSession(runtime, writeModel(compileUpdate(program, parts)), { threads: 1, target, kept });
  return {
    async run(gradient, numbers) {
      const feeds = { ...place.feeds(), ...numberFeeds(runtime, numbers), gradient };
      const fetches = { ...place.fetches(), penalty: null };
      const { penalty, ...moved } = await session.run(
        named(feeds, session.inputNames),
        named<Tensor | null>(fetches, session.outputNames),
      );
      return { penalty: (penalty?.data as Float32Array)?.[0] ?? 0, moved };
    },
    dispose: () => session.release(),
  };
}
