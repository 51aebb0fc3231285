import { expect } from "expect";
import { progressBar } from "../mod.ts";

/** The last line that is said of an epoch with this validation score. */
function lastLine(validationScore: number): string | undefined {
  const said: string[] = [];
  const { error } = console;
  console.error = (line: string) => said.push(line);
  try {
    const bar = progressBar({ label: "fold 1" });
    const step = { epoch: 2, epochs: 3, examplesPerEpoch: 64, learningRate: 0.1, loss: 0.5, samplesPerSecond: 123.4 };
    bar.onStep!({ ...step, examples: 32 });
    bar.onStep!({ ...step, examples: 64 });
    const row = { epoch: 2, loss: 0.5, validationLoss: 0.6, validationScore, learningRate: 0.1, seconds: 1 };
    bar.onEpochEnd!([{ ...row, samplesPerSecond: 123 }]);
    bar.onTrainEnd!([]);
  } finally {
    console.error = error;
  }
  return said.at(-1);
}

Deno.test("progressBar() says the losses and the validation score of each epoch", () => {
  expect(lastLine(0.75)).toBe("fold 1 epoch 2: loss 0.5000, validation loss 0.6000, validation score 0.7500");
});

Deno.test("progressBar() says that there is no score where validation lacks a class", () => {
  expect(lastLine(NaN)).toBe("fold 1 epoch 2: loss 0.5000, validation loss 0.6000, validation score none");
});
