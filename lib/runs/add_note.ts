import type { z } from "zod";
import { UsageError } from "../errors/mod.ts";
import { flag, one, type Shaped, text } from "../files/json_shape.ts";
import type { Run } from "./run.ts";

/** `notes.json`: what people said of a run, in the order in which they said it; nothing is taken out again. */
export const notes = {
  version: one,
  notes: [{
    /** ISO time. */
    at: text,
    text: text,
    tags: [text],
    /** Given (`true`) or taken away (`false`) with this note; the last word counts. */
    star: flag.optional() as z.ZodOptional<z.ZodBoolean>,
  }],
};
export type RunNotes = Shaped<typeof notes>;

/** What all notes come to. */
export interface NotesSummary {
  /** The run that goes into the paper. */
  star: boolean;
  /** Each once, in the order in which they were given. */
  tags: string[];
}

export function summariseNotes({ notes }: Pick<RunNotes, "notes">): NotesSummary {
  return {
    star: notes.findLast(({ star }) => star !== undefined)?.star ?? false,
    tags: [...new Set(notes.flatMap(({ tags }) => tags))],
  };
}

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
    const expected = "a tag of letters, digits, dots and dashes, at most 40";
    throw new UsageError({ expected, found: JSON.stringify(wrong), where: "--tag" });
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
