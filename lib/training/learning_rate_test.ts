import { expect } from "expect";
import fc from "fast-check";
import { learningRate, SCHEDULES, type TrainingOptions, trainingOptions } from "./mod.ts";

const RATE = 0.1;

function rates(schedule: TrainingOptions["schedule"], warmUp?: number): number[] {
  const options = trainingOptions.parse({
    epochs: 10,
    optimizer: { kind: "sgd", learningRate: RATE },
    schedule,
    warmUp,
  });
  return Array.from({ length: 100 }, (_, step) => learningRate(options, { step, stepsPerEpoch: 10 }));
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

Deno.test("learningRate() goes up evenly in the warm-up, then along the schedule over the epochs that are left", () => {
  const found = rates("cosine", 2);
  found.slice(0, 20).forEach((rate, step) => expect(rate).toBeCloseTo(RATE * (step + 1) / 20, 12));
  // transformers.get_cosine_schedule_with_warmup after its warm-up: (1 + cos(pi * progress)) / 2 of the steps left.
  expect(found[20]).toBeCloseTo(RATE, 12);
  expect(found[60]).toBeCloseTo(RATE / 2, 12);
  expect(found[40]).toBeCloseTo(RATE * (1 + Math.SQRT1_2) / 2, 12);
  expect(rates("constant", 2).slice(20)).toEqual(Array(80).fill(RATE));
  // A schedule that begins low is joined where it begins.
  expect(rates("one-cycle", 2)[19]).toBeCloseTo(0.004, 12);
  expect(rates("one-cycle", 2)[20]).toBeCloseTo(0.004, 12);
});

Deno.test("learningRate() lies between 0 and the peak at every step of trainings of any length", () => {
  const lengths = fc.tuple(
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
    fc.constantFrom(...SCHEDULES),
    fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  );
  fc.assert(fc.property(lengths, ([epochs, stepsPerEpoch, schedule, warmUp]) => {
    const options = trainingOptions.parse({ epochs, optimizer: { kind: "sgd", learningRate: RATE }, schedule, warmUp });
    for (let step = 0; step < epochs * stepsPerEpoch; step++) {
      const rate = learningRate(options, { step, stepsPerEpoch });
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThanOrEqual(RATE * (1 + 1e-12));
    }
  }));
});
