import { UsageError } from "../errors/mod.ts";
import { samplers } from "./samplers/define_sampler.ts";
import type { ResolvedTraining } from "./training_options.ts";

/**
 * Says before anything is heard what can't be done together, or would do nothing.
 *
 * @throws {UsageError}
 */
export function checkTrainingOptions(options: ResolvedTraining): void {
  const { linearProbe, layerRates = [], epochs, batchSize, accumulate = 1 } = options;
  if (linearProbe) return checkProbe(options);
  if (accumulate > batchSize) {
    throw new UsageError({
      expected: `at most as many parts as a batch has examples, ${batchSize}`,
      found: `${accumulate}`,
      where: "training.accumulate",
    });
  }
  const late = layerRates.find(({ thaw }) => thaw > epochs);
  if (!late) return;
  throw new UsageError({
    expected: `layers that begin to learn within ${epochs} epochs`,
    found: `"${late.layers}", which thaw in epoch ${late.thaw}`,
    where: "training.layerRates",
    remedy: "let them thaw earlier, or have rate 0 where they are to stay as they are",
  });
}

function checkProbe(options: ResolvedTraining): void {
  const { accumulate, augment, ema, labelSmoothing, layerRates, loss, precision, sampler } = options;
  const steps = [
    ...(accumulate === undefined ? [] : ["accumulate"]),
    ...(augment.length > 0 ? ["augment"] : []),
    ...(ema === undefined ? [] : ["ema"]),
    ...(labelSmoothing > 0 ? ["labelSmoothing"] : []),
    ...(layerRates === undefined ? [] : ["layerRates"]),
    ...(loss.kind === "categorical-cross-entropy" ? [] : [`loss: ${loss.kind}`]),
    ...(precision === undefined ? [] : ["precision"]),
    ...(samplers.find(sampler.kind).definition.groupOf ? [] : [`sampler: ${sampler.kind}`]),
  ];
  if (steps.length === 0) return;
  throw new UsageError({
    expected: "a linear probe alone, which knows windows, their weights and cross-entropy",
    found: steps.join(", "),
    where: "training",
    remedy: "leave that out, or linearProbe",
  });
}
