import type { z } from "zod";
import { flag, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

/** `notes.json`: what people said of a run, in the order in which they said it; nothing is taken out again. */
const shape = {
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
export type RunNotes = Shaped<typeof shape>;
export const runNotes: z.ZodType<RunNotes> = schemaOf(shape);

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
