import { expect } from "expect";
import { addNote, runIn, summariseNotes } from "./mod.ts";

Deno.test("addNote() keeps every note in order, as it was said, and the last word on the star counts", async () => {
  const folder = await Deno.makeTempDir();
  const run = runIn(folder);
  await addNote(run, { text: " best <b>so far</b> & שלום ", tags: ["murmur", "v2"], star: true });
  await addNote(run, { tags: ["v2", "größer"] });
  expect(summariseNotes(await run.notes())).toEqual({ star: true, tags: ["murmur", "v2", "größer"] });
  await addNote(run, { text: "site B is wrong", star: false });
  const { notes } = await run.notes();
  expect(notes.map(({ text }) => text)).toEqual(["best <b>so far</b> & שלום", "", "site B is wrong"]);
  expect(notes.every(({ at }, i) => i === 0 || at >= notes[i - 1].at)).toBe(true);
  expect(summariseNotes({ notes }).star).toBe(false);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("addNote() refuses a note that says nothing, and a tag that is no word", async () => {
  const run = runIn("/nowhere");
  await expect(addNote(run, { text: "  " })).rejects.toThrow(/a text, a tag or a star/);
  await expect(addNote(run, { tags: ["two words"] })).rejects.toThrow(/"two words".*--tag/);
});
