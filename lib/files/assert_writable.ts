import { dirname } from "node:path";
import { DataError } from "../errors/mod.ts";
import { cannotWrite } from "./write_atomic.ts";

/**
 * Finds out before long work whether its result can be written; nothing is left behind but the folder.
 *
 * @param remedy What to do where it can't be.
 * @throws {DataError} where it can't be written.
 */
export async function assertWritable(path: string, { remedy }: { remedy: string }): Promise<void> {
  const probe = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(probe, new Uint8Array(1), { createNew: true });
    await Deno.remove(probe);
  } catch (cause) {
    const { problem } = cannotWrite(path, cause);
    throw new DataError({ ...problem, remedy: `${problem.remedy}: ${remedy}`, cause });
  }
}
