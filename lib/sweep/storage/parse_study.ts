import { z } from "zod";
import { checked, DataError } from "../../errors/mod.ts";
import { searchSpace } from "../../experiment/describe/search_space.ts";
import type { StudyDescription } from "./study_storage.ts";

const description = z.object({
  name: z.string(),
  direction: z.enum(["minimize", "maximize"]),
  space: searchSpace,
  experiment: z.string(),
});

/**
 * The description that a storage holds of a study, from its JSON text.
 *
 * @throws {DataError} naming the storage, where it isn't one.
 */
export function parseStudy(text: unknown, where: string): StudyDescription {
  const expected = "the description of a study";
  const remedy = "begin another study with --study";
  try {
    return checked(description, JSON.parse(String(text)), { expected, where, remedy });
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError({ expected, found: (cause as Error).message, where, remedy, cause });
  }
}
