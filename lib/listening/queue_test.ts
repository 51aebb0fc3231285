import { expect } from "expect";
import { UsageError } from "../errors/mod.ts";
import { randomStream } from "../random/mod.ts";
import { itemKey } from "./item_key.ts";
import { type ListeningTable, listeningTable } from "./listening_table.ts";
import { availableQueues, makeQueue, type QueuedSound } from "./queue.ts";

const sound = { subject: "", source: "", start: 0, end: 1 };
const classes = ["Normal", "Murmur", "Extra"];

/** Sounds `0.wav`, `1.wav`, … by label and what networks say of them. */
function tableOf(
  told: readonly { label?: string; answers?: number[][]; subject?: string }[],
  options: Partial<ListeningTable> = {},
): ListeningTable {
  const rows = told.map(({ label = "", subject = "" }, i) => ({ ...sound, recording: `${i}.wav`, subject, label }));
  const predictions = told.flatMap(({ answers = [] }, i) =>
    answers.map((probabilities, seed) => ({ ...rows[i], fold: 0, seed, part: "test", predicted: "", probabilities }))
  );
  return listeningTable({ classes, rows, predictions, ...options });
}

const names = (queue: readonly QueuedSound[]) => queue.map(({ recording }) => recording.replace(".wav", ""));

Deno.test("disagreement asks where networks contradict each other, not where all are unsure alike", () => {
  const table = tableOf([
    { answers: [[0.4, 0.3, 0.3], [0.4, 0.3, 0.3]] },
    { answers: [[0.9, 0.1, 0], [0.1, 0.9, 0]] },
    { answers: [[0.9, 0.1, 0], [0.6, 0.4, 0]] },
  ]);
  const queue = makeQueue("disagreement", table, { n: 3, seed: 0 });
  expect(names(queue)).toEqual(["1", "2", "0"]);
  // Jensen-Shannon divergence in shares of log 3: H(½, ½) less H(0.9, 0.1).
  const h = (p: number) => -(p * Math.log(p) + (1 - p) * Math.log(1 - p));
  expect(queue[0].score).toBeCloseTo((Math.log(2) - h(0.9)) / Math.log(3), 12);
  expect(queue[0].reason).toContain("1 say Normal, 1 say Murmur");
});

Deno.test("least-sure asks by the two likeliest classes, entropy by all", () => {
  const table = tableOf([{ answers: [[0.5, 0.5, 0]] }, { answers: [[0.4, 0.3, 0.3]] }, { answers: [[0.8, 0.1, 0.1]] }]);
  expect(names(makeQueue("least-sure", table, { n: 3, seed: 0 }))).toEqual(["0", "1", "2"]);
  expect(names(makeQueue("entropy", table, { n: 3, seed: 0 }))[0]).toBe("1");
});

Deno.test("worst-errors are the errors alone, the surest first", () => {
  const table = tableOf([
    { label: "Normal", answers: [[0.1, 0.6, 0.3]] },
    { label: "Normal", answers: [[0.9, 0.1, 0]] },
    { label: "Murmur", answers: [[0.95, 0.05, 0]] },
  ]);
  const queue = makeQueue("worst-errors", table, { n: 9, seed: 0 });
  expect(names(queue)).toEqual(["2", "0"]);
  expect(queue[0].reason).toContain("Called Murmur; the networks say Normal with 95 %");
});

Deno.test("contradictions are twins of two labels, then subjects that are alone in having two", () => {
  const subjects = Array.from({ length: 30 }, (_, i) => ({ label: "Normal", subject: `s${i >> 1}` }));
  const table = tableOf([...subjects, { label: "Murmur", subject: "s3" }, { label: "Extra", subject: "x" }], {
    duplicates: [["0.wav", "31.wav"], ["4.wav", "5.wav"]],
  });
  const queue = makeQueue("contradictions", table, { n: 9, seed: 0 });
  expect(names(queue).slice(0, 2).toSorted()).toEqual(["0", "31"]);
  expect(names(queue)[2]).toBe("30"); // the rarer label of s3 first
  expect(names(queue).slice(3).toSorted()).toEqual(["6", "7"]);
  expect(queue.find(({ recording }) => recording === "31.wav")!.similar[0]).toBe(table.items[0].item);
});

Deno.test("subjects with several labels contradict nothing where that is usual", () => {
  const table = tableOf(Array.from({ length: 40 }, (_, i) => ({ label: classes[i % 2], subject: `s${i >> 1}` })));
  expect(makeQueue("contradictions", table, { n: 9, seed: 0 })).toEqual([]);
});

Deno.test("most-different goes where nothing was heard: one of each heap before a second of any", () => {
  const random = randomStream(1, "heaps");
  const values = Array.from({ length: 90 }, (_, i) => [10 * (i % 3) + random.normal(), 5 * (i % 2) + random.normal()]);
  const table = tableOf(values.map(() => ({})), { features: { values: values.flat(), width: 2 } });
  const queue = makeQueue("most-different", table, { n: 6, seed: 0 });
  expect(new Set(queue.map(({ recording }) => Number.parseInt(recording) % 6)).size).toBe(6);
  const heard = new Set(table.items.filter((_, i) => i % 6 !== 4).map(({ item }) => item));
  expect(names(makeQueue("most-different", table, { n: 9, seed: 0, heard })).every((name) => Number(name) % 6 === 4))
    .toBe(true);
});

Deno.test("random has some of each class and answer, and the same first whatever its length", () => {
  const table = tableOf(Array.from({ length: 200 }, (_, i) => ({
    label: i < 190 ? "Normal" : "Murmur",
    answers: [i % 20 === 0 ? [0, 0, 1] : [1, 0, 0]],
  })));
  const queue = makeQueue("random", table, { n: 40, seed: 3 });
  expect(names(makeQueue("random", table, { n: 7, seed: 3 }))).toEqual(names(queue).slice(0, 7));
  expect(names(makeQueue("random", table, { n: 7, seed: 4 }))).not.toEqual(names(queue).slice(0, 7));
  const counts = Map.groupBy(queue, ({ label, probabilities }) => `${label} ${probabilities}`);
  expect([...counts.values()].map(({ length }) => length).every((length) => length > 4)).toBe(true);
  expect(counts.size).toBe(3);
});

Deno.test("what was heard is in no queue but the random share, and similar sounds are of other subjects", () => {
  const table = tableOf(
    Array.from(
      { length: 20 },
      (_, i) => ({ label: classes[i % 2], subject: `s${i >> 2}`, answers: [[0.5, 0.4, 0.1]] }),
    ),
    { features: { values: Array.from({ length: 20 }, (_, i) => i), width: 1 } },
  );
  const heard = new Set([table.items[4].item]);
  const queue = makeQueue("least-sure", table, { n: 60, seed: 0, heard });
  expect(queue.length).toBe(19);
  expect(makeQueue("random", table, { n: 60, seed: 0, heard }).length).toBe(20);
  const nine = queue.find(({ recording }) => recording === "9.wav")!;
  const alike = nine.similar.map((item) => table.items.findIndex((other) => other.item === item));
  expect(alike[0]).toBe(7);
  expect(alike.filter((i) => i >> 2 === 9 >> 2)).toEqual([]);
  expect(alike.length).toBe(4); // two of each label
});

Deno.test("a queue without what it needs, or an unknown one, is refused with those that there are", () => {
  const bare = tableOf([{ label: "Normal" }, { label: "Murmur" }]);
  expect(availableQueues(bare)).toEqual(["contradictions", "random"]);
  expect(() => makeQueue("disagreement", bare, { n: 1, seed: 0 })).toThrow(/two networks.*contradictions, random/s);
  expect(() => makeQueue("loudest", bare, { n: 1, seed: 0 })).toThrow(UsageError);
});

Deno.test("answers for a test part go before those of networks that were chosen by the sound", () => {
  const said = { ...sound, recording: "0.wav", label: "Normal", fold: 0, seed: 0, predicted: "" };
  const table = listeningTable({
    classes,
    predictions: [
      { ...said, part: "validation", probabilities: [1, 0, 0] },
      { ...said, part: "test", probabilities: [0, 1, 0] },
    ],
  });
  expect(table.items.map(({ item, answers }) => ({ item, answers })))
    .toEqual([{ item: itemKey(said), answers: [[0, 1, 0]] }]);
});
