import { z } from "zod";
import { DataError } from "../../errors/mod.ts";
import { knownParts, ownCode } from "../../parts/mod.ts";
import { ownPart } from "../own_part.ts";

/**
 * Sees that the inputs of somebody's own by which a bundle hears are known here, by the code that it was trained with. A
 * bundle is data: only a file that the person names brings code.
 *
 * @param raw What stands in `bundle.json`.
 * @throws {DataError} naming the input, its module, and what to do.
 */
export async function checkOwnInputs(raw: Record<string, unknown>, where: string): Promise<void> {
  const named = z.array(ownPart).optional().safeParse(raw.parts);
  for (const { part, kind, module, sha256 } of named.data ?? []) {
    const known = knownParts().find(({ type, definition }) => type === part && definition.name === kind);
    if (known === undefined) {
      throw new DataError({
        expected: `the code of the ${part} "${kind}", which a bundle doesn't hold`,
        found: "none",
        where,
        remedy: `name the file that defines it: --parts ${module}`,
      });
    }
    const found = (await ownCode(known))?.sha256 ?? "that of a built-in one";
    if (found === sha256) continue;
    throw new DataError({
      expected: `the ${part} "${kind}" by the code that it was trained with, ${sha256.slice(0, 12)}…`,
      found: `${found.slice(0, 12)}… of ${known.module ?? "a notebook's cell"}`,
      where,
      remedy: "name the file as it was then, which the run keeps below code/, or train again",
    });
  }
}
