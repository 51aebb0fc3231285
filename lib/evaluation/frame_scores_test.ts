import { expect } from "expect";
import fc from "fast-check";
import { type FrameAnswers, frameScores, onsetsOf } from "./mod.ts";

const classes = ["diastole", "S1", "S2"];
const options = { classes, onsetsOf: [1, 2], tolerance: 0.06, seed: 0, resamples: 200 };

/** A recording of frames of 50 ms. */
function answers(subject: string, truth: readonly number[], said: readonly number[]): FrameAnswers {
  const labels = Int32Array.from(truth), predicted = Int32Array.from(said);
  const times = truth.map((_, frame) => frame * 0.05);
  // What isn't annotated isn't judged: nothing begins there.
  const found = onsetsOf(predicted.map((label, frame) => labels[frame] < 0 ? -1 : label), times);
  return { subject, labels, predicted, onsets: onsetsOf(labels, times), found };
}

Deno.test("onsetsOf() has none where the annotation begins, and takes the exact start", () => {
  const labels = Int32Array.of(-1, 1, 1, 0, 0, 2, -1, 1, 0);
  const times = labels.map((_, frame) => frame);
  expect(onsetsOf(labels, times, [{ class: 2, time: 4.2 }, { class: 0, time: 9 }])).toEqual([
    { class: 0, time: 2.5 },
    { class: 2, time: 4.2 },
    { class: 0, time: 7.5 },
  ]);
});

Deno.test("frameScores() by hand: two recordings, seven judged frames each", () => {
  const first = answers("a", [0, 1, 0, 2, 0, 1, 0, -1], [0, 1, 0, 2, 0, 0, 1, 1]);
  const second = answers("b", [-1, 0, 1, 0, 2, 0, 0, 0], [2, 0, 1, 0, 0, 0, 2, 0]);
  const majority = [first, second].map((one) => ({ ...one, predicted: one.predicted.map(() => 0), found: [] }));
  const { scores, confusion } = frameScores([first, second], { ...options, floors: { majority } });
  // diastole 7 of 9, S1 2 of 3, S2 1 of 2.
  expect(confusion.counts).toEqual([[7, 1, 1], [1, 2, 0], [1, 0, 1]]);
  expect(scores["recall/S1"].value).toBeCloseTo(2 / 3, 12);
  expect(scores.balancedAccuracy.value).toBeCloseTo((7 / 9 + 2 / 3 + 1 / 2) / 3, 12);
  expect(scores.f1Macro.value).toBeCloseTo((14 / 18 + 4 / 6 + 2 / 4) / 3, 12);
  expect(scores.balancedAccuracy.floor).toBeCloseTo(1 / 3, 12);
  // Onsets of S1: .025, .225 and .075 against .025, .275 and .075, of which .225 and .275 lie 50 ms apart; of S2 .125 and
  // .175 against .125 and .275.
  expect(scores["onsetF1/S1"].value).toBe(1);
  expect(scores["onsetF1/S2"].value).toBeCloseTo(2 / 4, 12);
  expect(scores.onsetF1.value).toBeCloseTo(2 * 4 / 10, 12);
  expect(scores.onsetError.value).toBeCloseTo(50 / 4, 9);
  expect(scores.onsetF1.floor).toBe(0);
});

Deno.test("frameScores() is what a pass over all frames says, for any answers", () => {
  const frame = fc.integer({ min: 0, max: 2 });
  const recording = fc.array(fc.tuple(fc.integer({ min: -1, max: 2 }), frame), { minLength: 2, maxLength: 30 });
  const property = fc.property(fc.array(recording, { minLength: 1, maxLength: 4 }), (recordings) => {
    const all = recordings.flat().filter(([truth]) => truth >= 0);
    const same = (a: number | null, b: number) =>
      expect(Number.isNaN(b) ? a : Math.abs(a! - b) < 1e-12).toBe(Number.isNaN(b) ? null : true);
    const { scores } = frameScores(
      recordings.map((frames, i) => answers(`${i}`, frames.map(([truth]) => truth), frames.map(([, said]) => said))),
      { ...options, resamples: 2 },
    );
    classes.forEach((name, c) => {
      const of = all.filter(([truth]) => truth === c), right = of.filter(([, said]) => said === c).length;
      same(scores[`recall/${name}`].value, right / of.length);
    });
    same(scores.accuracy.value, all.filter(([a, b]) => a === b).length / all.length);
  });
  fc.assert(property, { numRuns: 60 });
});
