import type { Batch, TrainingSession } from "../engines/mod.ts";
import { TrainingError } from "../errors/mod.ts";
import type { Batches } from "./batches.ts";
import type { Callback } from "./callbacks/define_callback.ts";
import type { Checkpoint } from "./file_checkpoints.ts";
import { learningRate } from "./learning_rate.ts";
import type { ResolvedTraining } from "./training_options.ts";

/**
 * The steps of one epoch from where `run` stands, whose `batches` and `lossSum` move on with each step.
 *
 * @returns What goes into the history; nothing where it was aborted between two steps.
 * @throws {TrainingError} where the loss is no finite number, naming the epoch and the batch.
 */
export async function trainEpoch(
  session: TrainingSession,
  { batches, options, run, callbacks, signal }: {
    batches: Batches;
    options: ResolvedTraining;
    run: Omit<Checkpoint, "session">;
    callbacks: Callback[];
    signal?: AbortSignal;
  },
): Promise<{ loss: number; learningRate: number; samplesPerSecond: number } | undefined> {
  const { epochs, batchSize, layerRates, optimizer: { weightDecay } } = options;
  const epoch = run.history.length + 1;
  const groupRates = layerRates?.map(({ rate, thaw }) => epoch < thaw ? 0 : rate);
  const examples = batches.epoch(epoch);
  const rateAt = (batch: number) => {
    const step = (epoch - 1) * batches.perEpoch + batch;
    return learningRate(options, { step, stepsPerEpoch: batches.perEpoch });
  };
  let ahead: Batch | undefined;
  /** What can't be made now fails in its turn. */
  const attempt = (number: number) => {
    try {
      return number < batches.perEpoch ? examples.batch(number) : undefined;
    } catch {
      return undefined;
    }
  };
  const started = performance.now();
  const before = run.batches * batchSize;
  let samplesPerSecond = 0;
  for (const callback of callbacks) callback.onEpochBegin?.(epoch);
  for (; run.batches < batches.perEpoch; run.batches++) {
    if (signal?.aborted) return undefined;
    const rate = rateAt(run.batches);
    const batch = ahead ?? examples.batch(run.batches);
    ahead = undefined;
    const meanwhile = () => ahead ??= attempt(run.batches + 1);
    const step = { learningRate: rate, weightDecay, groupRates, meanwhile };
    const { loss } = await session.step(batch, step).catch((error) => {
      throw located(error, { epoch, batch: run.batches + 1 });
    });
    run.lossSum += loss * batch.count;
    const done = run.batches * batchSize + batch.count;
    samplesPerSecond = (done - before) * 1000 / (performance.now() - started);
    const event = { epoch, epochs, examples: done, examplesPerEpoch: batches.examples, learningRate: rate };
    for (const callback of callbacks) callback.onStep?.({ ...event, loss: run.lossSum / done, samplesPerSecond });
  }
  const loss = run.lossSum / batches.examples;
  return { loss, learningRate: rateAt(batches.perEpoch - 1), samplesPerSecond };
}

/** Says of a training error in which epoch and batch it came, and that the work before is not lost. */
function located(error: unknown, { epoch, batch }: { epoch: number; batch: number }): unknown {
  if (!(error instanceof TrainingError)) return error;
  const { where, remedy, ...problem } = error.problem;
  const Kind = error.constructor as typeof TrainingError;
  return new Kind({
    ...problem,
    where: [`epoch ${epoch}, batch ${batch}`, where].filter(Boolean).join(", "),
    remedy: [remedy, "the checkpoint of the last epoch is kept"].filter(Boolean).join("; "),
    cause: error,
  });
}
