import { UsageError } from "../errors/mod.ts";
import type { Run } from "./run.ts";
import type { RunNotes } from "./run_notes.ts";

/** A word that can stand in a table and be filtered by. */
const TAG = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;

/**
 * Adds a note to those of a run.
 *
 * @returns all of them.
 * @throws {UsageError} for a note that says nothing, or a tag that is no word.
 */
export async function addNote(
  run: Run,
  { text = "", tags = [], star }: { text?: string; tags?: readonly string[]; star?: boolean },
): Promise<RunNotes> {
  const wrong = tags.find((tag) => !TAG.test(tag));
  if (wrong !== undefined) {
    throw new UsageError({
      expected: "a tag of letters, digits, dots and dashes, at most 40",
      found: JSON.stringify(wrong),
      where: "--tag",
    });
  }
  if (text.trim() === "" && tags.length === 0 && star === undefined) {
    throw new UsageError({ expected: "a text, a tag or a star", found: "none", where: "the note" });
  }
  const before = await run.has("notes.json") ? (await run.notes()).notes : [];
  const note = {
    at: new Date().toISOString(),
    text: text.trim(),
    tags: [...tags],
    ...star === undefined ? {} : { star },
  };
  const all: RunNotes = { version: 1, notes: [...before, note] };
  await run.save("notes", all);
  return all;
}
