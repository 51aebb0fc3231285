import { z } from "zod";

/** `archive.json`, the contents of an archive. */
export const archiveFile = z.object({
  version: z.literal(1),
  runs: z.array(z.object({
    /** Below the archive. */
    folder: z.string().regex(/^runs\/\w[\w.-]*$/),
    /** Where its recordings lie below the archive; `null` where they aren't packed. */
    recordings: z.string().regex(/^recordings\/\w[\w.-]*$/).nullable(),
  })).min(1),
});
export type ArchiveFile = z.infer<typeof archiveFile>;
