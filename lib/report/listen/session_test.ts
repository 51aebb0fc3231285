import { expect } from "expect";
import type { Verdict } from "../../listening/mod.ts";
import type { QuestionedSound } from "./listen_data.ts";
import { change, judgementOf, resume, undo, verdictOf } from "./session.ts";

const sounds = ["a", "b", "c"].map((item, i) => ({ item, from: 10 * i, label: "Normal" }) as QuestionedSound);
const told = { rater: "Anna", queue: "random", seconds: 3, time: "2026-05-01T12:30:00.000Z" };

Deno.test("change() is blind only before the label was seen, also when the verdict is undone", () => {
  const first = change(resume([], sounds), "a", { verdict: "Murmur", blind: true });
  expect(judgementOf(first, "a")).toMatchObject({ verdict: "Murmur", blind: true });
  const again = change(undo(first), "a", { verdict: "Normal", blind: true });
  expect(judgementOf(again, "a")).toMatchObject({ verdict: "Normal", blind: false });
});

Deno.test("undo() takes changes back one by one, to the sound that they were about", () => {
  let session = change(resume([], sounds), "a", { verdict: "Murmur" });
  session = change({ ...session, at: 1 }, "b", { remark: "s" });
  session = change(session, "b", { remark: "so" });
  const twice = undo(undo(session));
  expect(judgementOf(twice, "b").remark).toBe("");
  expect(undo(twice).at).toBe(0);
  expect(judgementOf(undo(twice), "a").verdict).toBeUndefined();
  expect(undo(undo(twice))).toEqual(undo(twice));
});

Deno.test("change() makes one change of the letters of a remark", () => {
  let session = resume([], sounds);
  for (const remark of ["s", "so", "sof"]) session = change(session, "a", { remark, merge: true });
  expect(judgementOf(undo(session), "a").remark).toBe("");
});

Deno.test("verdictOf() tells times of the recording, and resume() takes them back", () => {
  let session = change(resume([], sounds), "c", { verdict: null });
  session = change(session, "c", { events: [{ start: 0.25, end: 0.5, label: "click" }] });
  const kept = verdictOf(judgementOf(session, "c"), sounds[2], told)!;
  expect(kept).toMatchObject({ item: "c", verdict: null, events: [{ start: 20.25, end: 20.5, label: "click" }] });
  expect(judgementOf(resume([kept], sounds), "c")).toEqual(judgementOf(session, "c"));
  expect(verdictOf(judgementOf(session, "b"), sounds[1], told)).toBeUndefined();
});

Deno.test("resume() begins at the first sound without a verdict, and the latest counts in whatever order they come", () => {
  const row = (item: string, verdict: string, time: string): Verdict => ({
    ...{ ...told, item, verdict, time, label: null, certainty: "sure", blind: false, events: [], remark: "" },
  });
  const session = resume(
    [row("a", "late", "2026-05-02T00:00:00.000Z"), row("a", "early", "2026-05-01T00:00:00.000Z")],
    sounds,
  );
  expect([session.at, judgementOf(session, "a").verdict]).toEqual([1, "late"]);
});
