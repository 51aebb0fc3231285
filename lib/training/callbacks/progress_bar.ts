import { type Progress, progress } from "../../files/mod.ts";
import type { Callback } from "./define_callback.ts";

/**
 * Shows each epoch on standard error: examples done, samples per second, loss, then the validation score, or that there is
 * none because the validation part lacks a class.
 */
export function progressBar({ label = "" }: { label?: string } = {}): Callback {
  let bar: Progress | undefined;
  return {
    onStep({ epoch, epochs, examples, examplesPerEpoch, loss, samplesPerSecond }) {
      bar ??= progress(`${label} epoch ${epoch}/${epochs}`.trim(), examplesPerEpoch);
      bar.update(examples, `${samplesPerSecond.toFixed(0)} samples/s, loss ${loss.toFixed(4)}`);
    },
    onEpochEnd(history) {
      const { epoch, loss, validationLoss, validationScore } = history.at(-1)!;
      bar?.stop();
      bar = undefined;
      const scores = `loss ${loss.toFixed(4)}, validation loss ${validationLoss.toFixed(4)}, ` +
        `validation score ${Number.isNaN(validationScore) ? "none" : validationScore.toFixed(4)}`;
      console.error(`${label} epoch ${epoch}: ${scores}`.trim());
    },
    onTrainEnd() {
      bar?.stop();
    },
  };
}
