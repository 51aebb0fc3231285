import { TrainingError } from "../../../errors/mod.ts";
import { lossOf } from "../../losses/mod.ts";
import { LOSS_SCALE } from "../loss_scale.ts";
import { CPU } from "../onnx/target.ts";
import { accumulatedStep, wholeStep } from "./batch_runners.ts";
import { lackOfMemory } from "./card_failure.ts";
import { placeOf } from "./state_place.ts";
import type { BatchRunner, StepContext, StepRunner } from "./step_runner.ts";

/**
 * Steps with whole batches, or in as many parts as are asked for. Where memory doesn't hold a part it is halved, says so, and
 * goes on: the state is as it was before the step that failed.
 */
export function fittingStep(context: StepContext): StepRunner {
  const { runtime, target = CPU, options, state, normalised } = context;
  const { accumulate = 1, batchSize, loss } = options;
  const place = placeOf(runtime, state, target);
  // Examples that are compared with each other, or normalised together, can't be torn apart.
  const least = lossOf(loss).definition.acrossExamples ? batchSize : normalised === undefined ? 1 : 2;
  let parts = accumulate;
  let opened: Promise<BatchRunner> | undefined;
  const runner = () =>
    opened ??= Promise.resolve(parts === 1 ? wholeStep(context, place) : accumulatedStep(context, place, parts));

  async function close() {
    const open = await opened?.catch(() => undefined);
    opened = undefined;
    await open?.dispose();
  }

  async function fitted<T>(act: (runner: BatchRunner) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await act(await runner());
      } catch (cause) {
        const lack = lackOfMemory(cause);
        if (lack === undefined) throw cause;
        const fewer = Math.min(2 * parts, Math.floor(batchSize / least));
        if (fewer === parts) throw noMemory(lack, { cause, examples: Math.ceil(batchSize / parts) });
        await close();
        parts = fewer;
        console.error(`warning: ${halved({ batchSize, parts, normalised })}`);
      }
    }
  }

  return {
    prepare: (count) => fitted((runner) => runner.prepare(count)),
    async run(batch, numbers, meanwhile) {
      for (;;) {
        const result = await fitted((runner) => runner.run(batch, numbers, meanwhile));
        if (!result.overflow || !Number.isFinite(result.loss)) return result;
        await place.gather();
        const scale = state.current(LOSS_SCALE);
        if (scale[0] < 1) return { loss: NaN };
        // The same batch once more: no step is left out.
        scale[0] /= 2;
        place.forget();
      }
    },
    findBroken: async (batch) => (await runner()).findBroken(batch),
    gather: () => place.gather(),
    forget: () => place.forget(),
    async dispose() {
      await place.dispose();
      await close();
    },
  };
}

function halved({ batchSize, parts, normalised }: { batchSize: number; parts: number; normalised?: string }): string {
  const norms = normalised === undefined
    ? "the steps are the same but for rounding"
    : `the layer "${normalised}" now normalises by a part's statistics, so that the steps differ from those of whole batches`;
  return `memory does not hold a batch of ${batchSize} examples in ${parts / 2} part${
    parts === 2 ? "" : "s"
  }: from here on ` +
    `each goes through in ${parts} parts whose gradients are added up (training.accumulate: ${parts}); ${norms}`;
}

function noMemory(found: string, { cause, examples }: { cause: unknown; examples: number }): TrainingError {
  return new TrainingError({
    expected: `memory for a step of ${examples} example${examples === 1 ? "" : "s"}`,
    found,
    remedy:
      "use a smaller network or smaller inputs, or a machine with more memory (--engine ort takes the processor's)",
    cause,
  });
}
