import { expect } from "expect";
import { progressLine, sweepProgress, sweepTable, type Trial } from "./mod.ts";
import { rateText } from "./sweep_table.ts";

function trial(number: number, state: Trial["state"], value: number | null = null): Trial {
  const intermediate = new Map(state === "running" ? [[3, 0.61]] : []);
  return {
    number,
    state,
    value,
    params: { "model.dropout": 0.25, "model.kind": "cnn" },
    intermediate,
  };
}

const trials = [
  trial(0, "complete", 0.7),
  trial(1, "complete", 0.8),
  trial(2, "pruned", 0.5),
  trial(3, "fail"),
  trial(4, "running"),
  trial(5, "waiting"),
];

Deno.test("sweepProgress() tells the rate from the trials that ended while it was watched", () => {
  const since = { ended: 1, hours: 1.5 };
  const progress = sweepProgress(trials, { direction: "maximize", limit: 13, since });
  expect(progress).toEqual({
    ...{ ended: 4, limit: 13, complete: 2, pruned: 1, failed: 1, running: 1 },
    best: { number: 1, value: 0.8 },
    perHour: 2, // three in an hour and a half
    hoursLeft: 4.5,
  });
  expect(rateText(progress)).toBe("2.0 trials an hour, 4 h 30 min left");
  expect(progressLine(progress)).toBe(
    "4/13 trials: 2 complete, 1 pruned, 1 failed, 1 running; best 0.8000 (trial 1); 2.0 trials an hour, 4 h 30 min left",
  );
});

Deno.test("sweepProgress() knows no rate before a trial has ended, and no best of nothing", () => {
  const progress = sweepProgress([], { direction: "minimize", limit: 5, since: { ended: 0, hours: 1 } });
  expect([progress.best, progress.perHour, progress.hoursLeft]).toEqual([null, null, null]);
  expect(progressLine(progress)).toBe("0/5 trials: 0 complete, 0 pruned, 0 failed, 0 running; best -");
});

Deno.test("sweepTable() shows the best and what runs, and no line is wider than the terminal", () => {
  const options = { name: "lungs", direction: "maximize" as const };
  const progress = sweepProgress(trials, { direction: "maximize", limit: 8 });
  const lines = sweepTable(trials, { ...options, progress });
  expect(lines[0]).toContain(`${"█".repeat(15)}${"░".repeat(15)}  4 of 8 trials`);
  expect(lines.slice(3).map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["trial", "epoch", "value", "dropout", "kind"],
    ["1", "best", "-", "0.8000", "0.250", "cnn"],
    ["4", "running", "3", "0.6100", "0.250", "cnn"],
  ]);
  const many = Array.from({ length: 12 }, (_, i) => trial(i, "running"));
  const narrow = sweepTable(many, { ...options, progress, width: 24 });
  expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(24);
  expect(narrow.at(-1)).toBe("and 4 more at work");
});

Deno.test("sweepTable() tells settings of the same name apart, counts those that find no room, and names score and epochs", () => {
  const params = { "training.augment.2.probability": 0.5, "training.augment.3.probability": 0, "model.dropout": 0.25 };
  const running = { ...trial(3, "running"), params, intermediate: new Map([[4, 0.5]]) };
  const progress = sweepProgress([running], { direction: "maximize", limit: 8 });
  const of = (width: number) =>
    sweepTable([running], { name: "lungs", direction: "maximize", progress, objective: "rocAuc", steps: 12, width })
      .slice(3).map((line) => line.trim().split(/ {2,}/));
  expect(of(80)).toEqual([
    ["trial", "epoch", "rocAuc", "2.probability", "3.probability", "dropout"],
    ["3", "running", "4/12", "0.5000", "0.500", "0", "0.250"],
  ]);
  expect(of(56)).toEqual([
    ["trial", "epoch", "rocAuc", "2.probability", "+2 more"],
    ["3", "running", "4/12", "0.5000", "0.500"],
  ]);
});
