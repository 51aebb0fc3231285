import { z } from "zod";

/** `notes.json`: what people said of a run, in the order in which they said it; nothing is taken out again. */
export const runNotes = z.object({
  version: z.literal(1),
  notes: z.array(z.object({
    /** ISO time. */
    at: z.string(),
    text: z.string(),
    tags: z.array(z.string()),
    /** Given (`true`) or taken away (`false`) with this note; the last word counts. */
    star: z.boolean().optional(),
  })),
});
export type RunNotes = z.infer<typeof runNotes>;

/** What all notes come to. */
export interface NotesSummary {
  /** The run that goes into the paper. */
  star: boolean;
  /** Each once, in the order in which they were given. */
  tags: string[];
}

/** @see {NotesSummary} */
export function summariseNotes({ notes }: Pick<RunNotes, "notes">): NotesSummary {
  return {
    star: notes.findLast(({ star }) => star !== undefined)?.star ?? false,
    tags: [...new Set(notes.flatMap(({ tags }) => tags))],
  };
}
