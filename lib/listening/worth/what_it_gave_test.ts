import { expect } from "expect";
import type { Prediction } from "../../scores/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { itemKey } from "../item_key.ts";
import { listeningTable } from "../listening_table.ts";
import { makeQueue } from "../queue.ts";
import type { Verdict } from "../verdicts.ts";
import { compareTrainings } from "./compare_trainings.ts";
import { whatItGave } from "./what_it_gave.ts";

const classes = ["Normal", "Murmur"];
const verdict = (item: string, said: string | null, queue = "random", rater = "Ada"): Verdict => ({
  ...{ item, rater, queue, label: null, verdict: said, certainty: "sure", blind: true, events: [], remark: "" },
  ...{ seconds: 5, time: "2026-05-01T10:00:00.000Z" },
});

/** A set of which the truth is known: labels that are wrong now and then, and networks that are. */
function studySet(size: number) {
  const random = randomStream(7, "set");
  const truth: string[] = [], predictions: Prediction[] = [];
  for (let i = 0; i < size; i++) {
    const sick = random.uniform() < 0.25, p = 1 / (1 + Math.exp(-((sick ? 1.2 : -1.6) + 1.3 * random.normal())));
    const wrong = random.uniform() < (sick ? 0.12 : 0.04);
    truth.push(classes[Number(sick)]);
    predictions.push({
      ...{ fold: 0, seed: 0, part: "test", recording: `${i}.wav`, subject: `${i}`, source: "", start: 0, end: 1 },
      ...{ label: classes[Number(sick !== wrong)], predicted: "", probabilities: [1 - p, p] },
    });
  }
  const table = listeningTable({ classes, predictions });
  return { truth: new Map(table.items.map(({ item }, i) => [item, truth[i]])), table };
}

Deno.test("whatItGave() tells the set's wrong labels, precision and recall without bias, and 95 of 100 intervals hold them", () => {
  const { table, truth } = studySet(1500);
  const share = (of: (i: number) => boolean, is: (i: number) => boolean) => {
    const part = [...table.items.keys()].filter(of);
    return part.filter(is).length / part.length;
  };
  const sick = (i: number) => truth.get(table.items[i].item) === "Murmur";
  const above = (i: number) => table.items[i].answers[0][1] >= 0.3;
  const known = {
    wrong: share(() => true, (i) => table.items[i].label !== truth.get(table.items[i].item)),
    precision: share(above, sick),
    recall: share(sick, above),
  };
  const told: Record<keyof typeof known, number[]> = { wrong: [], precision: [], recall: [] };
  const held = { wrong: 0, precision: 0, recall: 0 };
  const studies = 100;
  for (let seed = 0; seed < studies; seed++) {
    const queue = makeQueue("random", table, { n: 160, seed });
    const { set } = whatItGave(table, queue.map(({ item }) => verdict(item, truth.get(item)!)));
    const { precision, recall } = set!.classes[1].thresholds.find(({ threshold }) => threshold === 0.3)!;
    for (const [name, { value, low, high }] of Object.entries({ wrong: set!.wrong, precision, recall })) {
      const key = name as keyof typeof known;
      told[key].push(value);
      held[key] += Number(low <= known[key] && known[key] <= high);
    }
  }
  for (const name of Object.keys(known) as (keyof typeof known)[]) {
    const mean = told[name].reduce((sum, value) => sum + value, 0) / studies;
    expect(Math.abs(mean - known[name])).toBeLessThan(0.012);
    expect(held[name] / studies).toBeGreaterThanOrEqual(0.93);
  }
});

Deno.test("whatItGave() is exact where all was heard", () => {
  const { table, truth } = studySet(60);
  const { set } = whatItGave(table, table.items.map(({ item }) => verdict(item, truth.get(item)!)));
  const wrong = table.items.filter(({ item, label }) => label !== truth.get(item)).length / 60;
  expect(set!.wrong).toEqual({
    value: expect.closeTo(wrong, 12),
    low: expect.closeTo(wrong, 12),
    high: expect.closeTo(wrong, 12),
  });
  expect(set!.unheard).toBe(0);
});

Deno.test("whatItGave() counts each queue by itself, what nobody can tell apart, and nothing of other sounds", () => {
  const { table } = studySet(40);
  const [a, b, c] = table.items;
  const other = (label: string | null) => label === "Normal" ? "Murmur" : "Normal";
  const { queues, set } = whatItGave(table, [
    verdict(a.item, other(a.label), "wrong-labels"),
    verdict(b.item, b.label, "wrong-labels"),
    verdict(c.item, null, "wrong-labels"),
    verdict("gone.wav 0.000-1.000 s", "Normal", "wrong-labels"),
  ]);
  expect(queues).toMatchObject([{ queue: "wrong-labels", heard: 3, decided: 2, wrong: 1 }]);
  // Wilson's interval of one of two.
  expect(queues[0].share.low).toBeCloseTo(0.0945, 4);
  expect(set).toBeUndefined();
});

Deno.test("compareTrainings() judges both runs by the labels as given, and by those as verified", () => {
  const { table } = studySet(60);
  const run = (flipped: number): Prediction[] =>
    table.items.map(({ answers, label, ...item }, i) => ({
      ...{ ...item, fold: 0, seed: 0, part: "test", label: label!, probabilities: [...answers[0]] },
      predicted: i === flipped ? "Murmur" : label!,
    }));
  const at = table.items.findIndex(({ label }) => label === "Normal");
  const verified = run(at).map((one, i) => i === at ? { ...one, label: "Murmur" } : one);
  const labels = [{ ...table.items[at], given: "Normal", used: "Murmur" }];
  expect(itemKey(labels[0])).toBe(table.items[at].item);
  const told = compareTrainings({ predictions: verified, labels }, { predictions: run(-1) }, { classes });
  const accuracies = ({ differences }: typeof told.asGiven) => {
    const { first, second } = differences.find(({ score }) => score === "accuracy")!;
    return [first, second];
  };
  expect(accuracies(told.asGiven)).toEqual([59 / 60, 1]);
  expect(accuracies(told.asVerified)).toEqual([1, 59 / 60]);
  expect(told.asGiven.items).toBe(60);
  expect(told.asVerified.items).toBe(60);
});
