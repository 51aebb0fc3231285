import { expect } from "expect";
import type { Manifest } from "../datasets/mod.ts";
import { DataError } from "../errors/mod.ts";
import { itemKey } from "./item_key.ts";
import { takeLabels } from "./take_labels.ts";
import type { Verdict } from "./verdicts.ts";

const row = (name: string, label: string) => ({
  ...{ recording: `${name}.wav`, subject: name, start: 0, end: 2, label, source: "", part: "train", attributes: {} },
});
const manifest: Manifest = {
  ...{ dataset: "csv", task: "labels", folder: "clinic", events: [], passedOver: [] },
  classes: ["Normal", "Murmur"],
  rows: ["a", "b", "c", "d"].map((name) => row(name, "Normal")),
};
let minutes = 0;
const verdict = (
  name: string,
  rater: string,
  said: string | null,
  certainty: Verdict["certainty"] = "sure",
): Verdict => ({
  ...{ item: itemKey(row(name, "")), rater, queue: "", label: "Normal", verdict: said, certainty, blind: true },
  ...{ events: [], remark: "", seconds: 1, time: new Date(60_000 * ++minutes).toISOString() },
});
const heard = [
  ...[verdict("a", "Ada", "Murmur"), verdict("a", "Bo", "Murmur"), verdict("a", "Cy", "Normal")],
  ...[verdict("b", "Ada", "Murmur"), verdict("b", "Bo", "Normal")],
  ...[verdict("c", "Bo", "Murmur", "unsure"), verdict("c", "Ada", "Murmur")],
];
const rule = { from: "majority", keep: "all", soft: false } as const;
const labels = (taken: Manifest) => Object.fromEntries(taken.rows.map(({ subject, label }) => [subject, label]));

Deno.test("takeLabels() lets most, the first, or all of the listeners decide, and never loses the given label", () => {
  const majority = takeLabels(manifest, heard, rule);
  expect(labels(majority)).toEqual({ a: "Murmur", b: "Normal", c: "Murmur", d: "Normal" });
  expect(majority.rows.map(({ given }) => given)).toEqual(["Normal", undefined, "Normal", undefined]);
  expect(labels(takeLabels(manifest, heard, { ...rule, from: "first-rater" })).b).toBe("Murmur");
  const consensus = takeLabels(manifest, heard, { ...rule, from: "consensus" });
  expect(labels(consensus)).toEqual({ a: "Normal", b: "Normal", c: "Murmur", d: "Normal" });
});

Deno.test("takeLabels() keeps all without a decision, those that nobody heard, or none", () => {
  expect(Object.keys(labels(takeLabels(manifest, heard, { ...rule, keep: "unheard" })))).toEqual(["a", "c", "d"]);
  expect(Object.keys(labels(takeLabels(manifest, heard, { ...rule, keep: "none" })))).toEqual(["a", "c"]);
});

Deno.test("takeLabels() shares votes by their certainty: half of an unsure one goes to all classes alike", () => {
  const { rows } = takeLabels(manifest, heard, { ...rule, soft: true });
  expect(rows[0].shares!.map((share) => share.toFixed(4))).toEqual(["0.3333", "0.6667"]);
  expect(rows[2].shares).toEqual([0.125, 0.875]);
  expect(rows[3].shares).toBeUndefined();
});

Deno.test("takeLabels() takes a last word, and no decision from who can't tell", () => {
  const taken = takeLabels(manifest, [verdict("a", "Ada", "Murmur"), verdict("a", "Ada", null)], rule);
  expect(labels(taken).a).toBe("Normal");
});

Deno.test("takeLabels() says what is heard of other sounds, and refuses verdicts on none or of other classes", () => {
  const { warnings } = takeLabels(manifest, [...heard, verdict("z", "Ada", "Murmur")], rule);
  expect(warnings!.join(" ")).toMatch(/2 of them other than given; 1 were heard without.*z\.wav/);
  expect(() => takeLabels(manifest, [verdict("z", "Ada", "Murmur")], rule)).toThrow(DataError);
  expect(() => takeLabels(manifest, [verdict("a", "Ada", "Wheeze")], rule)).toThrow(/"Wheeze" by Ada on a\.wav/);
});
