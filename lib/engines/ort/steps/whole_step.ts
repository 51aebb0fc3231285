import { compileStep } from "../compile_step.ts";
import { importModel } from "../import_model.ts";
import { GRADIENT_NORM } from "../loss_scale.ts";
import { writeModel } from "../onnx/write_model.ts";
import { openSession } from "../ort_runtime.ts";
import { batchFeeds, noiseFeeds, numberFeeds } from "./feeds.ts";
import { findBrokenPart } from "./find_broken_part.ts";
import type { StatePlace } from "./state_place.ts";
import { type BatchRunner, byCount, type StepContext } from "./step_runner.ts";

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
