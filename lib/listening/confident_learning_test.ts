import { expect } from "expect";
import { confidentJoint, labelIssues } from "./confident_learning.ts";
import goldens from "./goldens/goldens.json" with { type: "json" };
import { listeningTable } from "./listening_table.ts";
import { makeQueue } from "./queue.ts";

for (const { classes: size, labels, probabilities, joint, issues } of goldens.tables) {
  const flat = Float64Array.from(probabilities.flat());

  Deno.test(`confidentJoint() counts and scales ${labels.length} labels of ${size} classes as cleanlab does`, () => {
    expect([...confidentJoint(labels, flat, { size })]).toEqual(joint.flat());
  });

  Deno.test(`labelIssues() holds the same of ${labels.length} labels of ${size} classes for wrong as cleanlab does`, () => {
    const ours = labelIssues(labels, flat, { size }).flatMap((issue, i) => issue ? [i] : []);
    expect(ours).toEqual(issues.toSorted((a, b) => a - b));
  });

  Deno.test(`the queue of wrong labels begins with what cleanlab ranks first of ${size} classes`, () => {
    const names = labels.map((_, i) => `${i}.wav`), named = Array.from({ length: size }, (_, c) => `class ${c}`);
    const sound = { subject: "", source: "", start: 0, end: 1, fold: 0, seed: 0, part: "test", predicted: "" };
    const table = listeningTable({
      classes: named,
      predictions: names.map((recording, i) => ({
        ...{ ...sound, recording, label: named[labels[i]], probabilities: probabilities[i] },
      })),
    });
    const queue = makeQueue("wrong-labels", table, { n: issues.length, seed: 0 });
    const selfConfidence = (i: number) => probabilities[i][labels[i]];
    expect(queue.map(({ recording }) => selfConfidence(names.indexOf(recording)))).toEqual(issues.map(selfConfidence));
    expect(new Set(queue.map(({ recording }) => recording))).toEqual(new Set(issues.map((i) => names[i])));
  });
}

Deno.test("labelIssues() holds nothing for wrong where the model gives every sound its label", () => {
  expect(labelIssues([0, 1, 2], Float64Array.of(0.9, 0.1, 0, 0, 1, 0, 0.2, 0.2, 0.6), { size: 3 }))
    .toEqual([false, false, false]);
});

Deno.test("labelIssues() bears classes that no sound is labelled with", () => {
  expect(labelIssues([0, 0, 0], Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.1, 0.9), { size: 2 }).length).toBe(3);
});
