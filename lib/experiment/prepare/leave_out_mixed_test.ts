import { expect } from "expect";
import type { Manifest, ManifestRow } from "../../datasets/mod.ts";
import { leaveOutMixed } from "./leave_out_mixed.ts";

function row(subject: string, label: string, recording = `${subject}-${label}.wav`): ManifestRow {
  return { recording, subject, start: 0, end: 1, label, source: "", part: "train", attributes: {} };
}

function manifest(rows: ManifestRow[]): Manifest {
  return { dataset: "csv", task: "label", folder: "chest", classes: ["well", "ill"], rows, events: [], passedOver: [] };
}

const others = Array.from({ length: 19 }, (_, i) => row(`p${i}`, i % 2 ? "well" : "ill"));

Deno.test("leaveOutMixed() leaves out a subject with two labels where the answer is by subject, and says whom", () => {
  const given = manifest([...others, row("x", "well"), row("x", "ill")]);
  const { rows, passedOver, warnings } = leaveOutMixed(given, "subject");
  expect(rows).toEqual(others);
  expect(passedOver).toEqual([
    { path: "x-well.wav", reason: "the subject x has several labels (well, ill)" },
    { path: "x-ill.wav", reason: "the subject x has several labels (well, ill)" },
  ]);
  expect(warnings).toEqual(["1 of 20 subjects is left out, with several labels each: x (well, ill)."]);
});

Deno.test("leaveOutMixed() keeps every row where items are judged, and where each unit has one label", () => {
  const mixed = manifest([...others, row("x", "well"), row("x", "ill")]);
  expect(leaveOutMixed(mixed, "item")).toBe(mixed);
  expect(leaveOutMixed(mixed, "recording")).toBe(mixed);
  const plain = manifest(others);
  expect(leaveOutMixed(plain, "subject")).toBe(plain);
});

Deno.test("leaveOutMixed() keeps a subject whose visits disagree, but not a visit with two labels", () => {
  const visits = [{ ...row("x", "well"), visit: "1" }, { ...row("x", "ill"), visit: "2" }];
  const given = manifest([...others, ...visits]);
  expect(leaveOutMixed(given, "subject")).toBe(given);
  const { rows, warnings } = leaveOutMixed(manifest([...given.rows, { ...row("x", "well"), visit: "2" }]), "subject");
  expect(rows).toEqual([...others, visits[0]]);
  expect(warnings?.[0]).toMatch(/^1 of 21 subjects is left out.*x, visit 2 \(ill, well\)/);
});

Deno.test("leaveOutMixed() counts a recording without a known subject as a subject of its own", () => {
  const lonely = [row("", "well", "a.wav"), row("", "ill", "b.wav")];
  const given = manifest([...others, ...lonely]);
  expect(leaveOutMixed(given, "subject")).toBe(given);
});

Deno.test("leaveOutMixed() refuses a unit that is none of the task's", () => {
  const given = manifest([...others.slice(0, 4), row("x", "well"), row("x", "ill")]);
  expect(() => leaveOutMixed(given, "subject")).toThrow(
    /one label a subject.*several labels for 1 of 5, such as x \(well, ill\).*evaluation\.unit "item"/s,
  );
});
