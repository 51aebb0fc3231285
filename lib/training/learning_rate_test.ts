import { expect } from "expect";
import fc from "fast-check";
import { type HistoryRow, learningRate, type TrainingOptions, trainingOptions } from "./mod.ts";

const RATE = 0.1;

function rates(schedule: TrainingOptions["schedule"], history: HistoryRow[] = []): number[] {
  const options = trainingOptions.parse({ epochs: 10, optimizer: { kind: "sgd", learningRate: RATE }, schedule });
  return Array.from({ length: 100 }, (_, step) => learningRate(options, { step, stepsPerEpoch: 10, history }));
}

function rowsOf(scores: number[]): HistoryRow[] {
  const rest = { loss: 1, validationLoss: 1, learningRate: RATE, seconds: 1, samplesPerSecond: 1 };
  return scores.map((validationScore, i) => ({ epoch: i + 1, validationScore, ...rest }));
}

Deno.test("learningRate() is half a cosine for cosine", () => {
  const found = rates("cosine");
  expect(found[0]).toBe(RATE);
  expect(found[50]).toBeCloseTo(RATE / 2, 12);
  expect(found[25]).toBeCloseTo(RATE * (1 + Math.SQRT1_2) / 2, 12);
});

Deno.test("learningRate() equals PyTorch's OneCycleLR for one-cycle", () => {
  // torch.optim.lr_scheduler.OneCycleLR(max_lr=0.1, total_steps=100): its defaults, rates of these steps.
  const found = rates("one-cycle");
  expect(found[0]).toBeCloseTo(0.004, 12);
  expect(found[29]).toBeCloseTo(0.1, 12);
  expect(found[99]).toBeCloseTo(0.004 / 1e4, 12);
  expect(found[64]).toBeCloseTo((0.1 + 0.004 / 1e4) / 2, 12);
});

Deno.test("learningRate() rises in a line over the warm-up, then falls to 0", () => {
  const found = rates({ kind: "warm-up", epochs: 2 });
  expect(found[0]).toBeCloseTo(RATE / 20, 12);
  expect(found[19]).toBeCloseTo(RATE, 12);
  expect(found[60]).toBeCloseTo(RATE / 2, 12);
  expect(rates({ kind: "warm-up", epochs: 2, then: "constant" })[99]).toBe(RATE);
});

Deno.test("learningRate() falls by its factor for each run of patience epochs without a better score", () => {
  const schedule = { kind: "plateau", factor: 0.5, patience: 2 } as const;
  expect(rates(schedule, rowsOf([0.5, 0.6, 0.7]))[30]).toBe(RATE);
  expect(rates(schedule, rowsOf([0.5, 0.4]))[20]).toBe(RATE);
  expect(rates(schedule, rowsOf([0.5, 0.4, 0.5]))[30]).toBe(RATE / 2);
  expect(rates(schedule, rowsOf([0.5, 0.4, 0.5, 0.4, 0.4]))[50]).toBe(RATE / 4);
  expect(rates(schedule, rowsOf([0.5, 0.4, 0.5, 0.6, 0.4]))[50]).toBe(RATE / 2);
});

Deno.test("learningRate() lies between 0 and the peak at every step of trainings of any length", () => {
  const schedules: TrainingOptions["schedule"][] = [
    "constant",
    "cosine",
    "one-cycle",
    { kind: "warm-up", epochs: 1.5 },
    { kind: "plateau" },
  ];
  const lengths = fc.tuple(
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
    fc.constantFrom(...schedules),
  );
  fc.assert(fc.property(lengths, ([epochs, stepsPerEpoch, schedule]) => {
    const options = trainingOptions.parse({ epochs, optimizer: { kind: "sgd", learningRate: RATE }, schedule });
    for (let step = 0; step < epochs * stepsPerEpoch; step++) {
      const rate = learningRate(options, { step, stepsPerEpoch, history: [] });
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThanOrEqual(RATE * (1 + 1e-12));
    }
  }));
});
