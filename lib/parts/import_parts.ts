import { resolve } from "node:path";
import { AuscultError, UsageError } from "../errors/mod.ts";
import { moduleUrl } from "./own_code.ts";

/**
 * Runs the module of a study, so that the parts that it defines are known from here on. Only a person's word says which:
 * `predict --parts FILE`, or the file of an experiment that is run.
 *
 * @throws {UsageError} where there is no such module, or it fails.
 */
export async function importParts(file: string): Promise<Record<string, unknown>> {
  const url = moduleUrl(/^[a-z]{2,}:/.test(file) ? file : resolve(file));
  try {
    return await import(url);
  } catch (error) {
    if (error instanceof AuscultError) throw error;
    const [found] = String((error as Error).message).split("\n");
    throw new UsageError({ expected: "a module that defines parts", found, where: file, cause: error });
  }
}
