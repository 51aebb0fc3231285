import type { Tensor } from "onnxruntime-node";
import { compileGradient, compileStep } from "../compile_step.ts";
import { importModel } from "../import_model.ts";
import { GRADIENT_NORM } from "../loss_scale.ts";
import { CPU } from "../onnx/target.ts";
import { writeModel } from "../onnx/write_model.ts";
import { openSession, tensorOf } from "../ort_runtime.ts";
import { batchParts } from "./batch_parts.ts";
import { batchFeeds, named, noiseFeeds, numberFeeds, onlyNumber } from "./feeds.ts";
import { findBrokenPart } from "./find_broken_part.ts";
import type { StatePlace } from "./state_place.ts";
import { type BatchRunner, byCount, type StepContext } from "./step_runner.ts";
import { updateRunner } from "./update_runner.ts";

/** Runs the whole step, from the batch to the new weights, as one graph. */
export function wholeStep(context: StepContext, place: StatePlace): BatchRunner {
  const { runtime, block, target, profile, model, options, optimizer, rules, groups, state } = context;
  const { loss, ema, seed, precision, threads = 1 } = options;
  const told = ["loss", ...precision === "mixed" ? [GRADIENT_NORM] : []];
  const kept = place.kept.length > 0 ? [...place.kept, ...told] : [];
  /** The last batch of an epoch may be smaller: each count has a graph of its own. */
  const graphs = byCount(async (count) => {
    const program = importModel(model, count);
    const { optimizer: { clipNorm: clip } } = options;
    const compiled = compileStep(program, { loss, optimizer, rules, groups, ema, clip, block, target, precision });
    const session = await openSession(runtime, writeModel(compiled.model), { threads, profile, target, kept });
    return { program, noises: compiled.noises, session };
  });

  return {
    async prepare(count) {
      await graphs.of(count);
    },
    async run(batch, numbers, meanwhile) {
      const { count } = batch;
      const { session, noises } = await graphs.of(count);
      const feeds = {
        ...place.feeds(),
        ...batchFeeds(context, batch, { start: 0, count }),
        ...noiseFeeds(runtime, noises, { seed, step: state.step, index: 0 }),
        ...numberFeeds(runtime, numbers),
      };
      const fetches = { ...Object.fromEntries(told.map((name) => [name, null])), ...place.fetches() };
      const results = await session.run(feeds, fetches);
      meanwhile?.();
      const [loss, norm = 0] = await place.numbers(told.map((name) => results[name])).catch((cause) => {
        place.drop(results); // what is left on a card when its session ends takes the process with it
        throw cause;
      });
      const overflow = !Number.isFinite(norm);
      if (Number.isFinite(loss) && !overflow) place.take(results);
      else place.drop(results);
      return { loss, overflow };
    },
    async findBroken(batch) {
      await place.gather();
      return await findBrokenPart(context, batch, { parts: [{ start: 0, count: batch.count }], graph: graphs.of });
    },
    async dispose() {
      const open = await graphs.made();
      if (profile !== undefined) { for (const { session } of open) session.endProfiling(); }
      await Promise.all(open.map(({ session }) => session.release()));
    },
  };
}

/** What the parts of a batch hand on to each other: no statistics where the model has none. */
type Sums = { gradient: Tensor; statistics?: Tensor };

/**
 * Cuts each batch into `parts` that go through one after the other, adds up their gradients and updates once: the step of a
 * batch in the memory of a part. Batch normalisation sees the part, not the batch; its moving statistics are averaged.
 */
export async function accumulatedStep(context: StepContext, place: StatePlace, parts: number): Promise<BatchRunner> {
  const { runtime, target = CPU, model, options: { seed, batchSize }, state, normalised } = context;
  const cut = (count: number) => batchParts(count, parts, normalised === undefined ? 1 : 2);
  const graphs = byCount((count) => gradientGraph(context, count));
  const update = await updateRunner(context, importModel(model, batchSize), place);
  const nothing = noSums(context);
  const release = (sums: Sums) => {
    if (target.provider === "cpu" || sums === nothing) return;
    sums.gradient.dispose();
    sums.statistics?.dispose();
  };

  return {
    async prepare(count) {
      for (const part of new Set(cut(count).map(({ count }) => count))) await graphs.of(part);
    },
    async run(batch, numbers) {
      let [sums, value] = [nothing, 0];
      try {
        for (const [index, part] of cut(batch.count).entries()) {
          const { session, noises } = await graphs.of(part.count);
          const feeds = {
            ...place.feeds(),
            ...batchFeeds(context, batch, part),
            ...noiseFeeds(runtime, noises, { seed, step: state.step, index }),
            ...numberFeeds(runtime, { "share of the batch": part.count / batch.count }),
            ...{ "gradient so far": sums.gradient, "statistics so far": sums.statistics! },
          };
          const { loss, gradient, "statistics next": statistics } = await session.run(named(feeds, session.inputNames));
          release(sums);
          sums = { gradient, statistics };
          value += onlyNumber(loss);
        }
        if (!Number.isFinite(value)) return { loss: value };
        const { penalty, moved, overflow } = await update.run(sums.gradient, numbers);
        const results = { ...moved, ...sums.statistics ? { "statistics next": sums.statistics } : {} };
        if (overflow) place.drop(results);
        else place.take(results);
        sums = { gradient: sums.gradient }; // the statistics are the place's now
        return { loss: Math.fround(value + penalty), overflow };
      } finally {
        release(sums); // also where memory ran out, which they would go on to fill
      }
    },
    async findBroken(batch) {
      await place.gather();
      return await findBrokenPart(context, batch, { parts: cut(batch.count), graph: graphs.of });
    },
    async dispose() {
      await Promise.all([...await graphs.made()].map(({ session }) => session.release()));
      await update.dispose();
    },
  };
}

/** What adds the gradient of a part of so many examples to those before. */
async function gradientGraph({ runtime, block, target = CPU, model, options, state }: StepContext, count: number) {
  const { loss, precision, threads = 1 } = options;
  const kept = target.provider === "cpu" ? [] : ["gradient", ...state.has("statistics") ? ["statistics next"] : []];
  const program = importModel(model, count);
  const { model: onnx, noises } = compileGradient(program, { loss, block, target, precision, added: true });
  return { program, noises, session: await openSession(runtime, writeModel(onnx), { threads, target, kept }) };
}

/** What the first part starts from. */
function noSums({ runtime, state }: StepContext): Sums {
  const zeros = (name: string) => {
    const { length } = state.current(name);
    return tensorOf(runtime, new Float32Array(length), [length]);
  };
  return { gradient: zeros("weights"), statistics: state.has("statistics") ? zeros("statistics") : undefined };
}
