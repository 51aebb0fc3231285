import { expect } from "expect";
import type { Score, Unit } from "./score.ts";
import { scoresAsRead, scoresByUnit } from "./scores_by_unit.ts";

const score = (value: number | null, unit: Unit): Score => ({
  ...{ value, low: null, high: null, level: 0.95, n: 9, unit, floor: null, floors: {} },
});

Deno.test("scoresByUnit() reads each score by the wanted unit, else by the finest that has it", () => {
  const pooled = {
    item: { accuracy: score(0.6, "item"), f1Macro: score(0.5, "item"), official: score(null, "subject") },
    recording: { accuracy: score(0.7, "recording"), mcc: score(null, "recording"), official: score(0.4, "recording") },
    subject: { accuracy: score(0.8, "subject") },
  };
  const values = (unit?: Unit) =>
    Object.fromEntries(
      Object.entries(scoresByUnit(pooled, unit)).map(([name, { value, unit }]) => [name, [value, unit]]),
    );
  const others = { f1Macro: [0.5, "item"], mcc: [null, "recording"], official: [0.4, "recording"] };
  expect(values()).toEqual({ accuracy: [0.6, "item"], ...others });
  expect(values("subject")).toEqual({ accuracy: [0.8, "subject"], ...others });
});

Deno.test("scoresAsRead() reads the mean over sources where one is left out at a time, and says what that counts", () => {
  const pooled = { item: { accuracy: score(0.6, "item"), mcc: score(0.1, "item") } };
  const subject = { accuracy: { ...score(0.7, "subject"), n: 4 } };
  const sourceMean = { accuracy: score(0.8, "item") };
  const read = (kind: string, unit: Unit = "item") => {
    const scores = scoresAsRead({ pooled: { ...pooled, subject }, sourceMean }, { unit, protocol: { kind } });
    return [scores.accuracy.value, scores.accuracy.over, scores.mcc.value];
  };
  expect(read("leave-one-source-out")).toEqual([0.8, "mean over the sources", 0.1]);
  expect(read("leave-one-source-out", "subject")).toEqual([0.8, "mean over the sources, by item", 0.1]);
  expect(read("grouped-folds")).toEqual([0.6, undefined, 0.1]);
});
