import { join } from "node:path";
import type { z } from "zod";
import { DataError } from "../errors/mod.ts";
import { writeAtomic } from "../files/mod.ts";

/** A run folder: named files, each written whole or not at all. */
export interface Run {
  readonly folder: string;
  /** Path of a file inside the folder. */
  path(...names: string[]): string;
  has(name: string): Promise<boolean>;
  write(name: string, content: string | Uint8Array): Promise<void>;
  writeJson(name: string, value: unknown): Promise<void>;
  /** @throws {DataError} where the file is missing. */
  readText(name: string): Promise<string>;
  /** @throws {DataError} where the file is missing, no JSON, or not of the schema; names the key. */
  readJson<T extends z.ZodType>(name: string, schema: T): Promise<z.infer<T>>;
}

/** The run whose files lie in `folder`; nothing is read yet. */
export function runIn(folder: string): Run {
  const path = (...names: string[]) => join(folder, ...names);
  const readText = async (name: string) => {
    try {
      return await Deno.readTextFile(path(name));
    } catch (cause) {
      throw new DataError({
        expected: `the file ${name} of a run`,
        found: cause instanceof Deno.errors.NotFound ? "none" : (cause as Error).message,
        where: folder,
        remedy: "name the folder of a finished run, or run the experiment again",
        cause,
      });
    }
  };
  return {
    folder,
    path,
    readText,
    has: (name) => Deno.stat(path(name)).then(() => true, () => false),
    write: (name, content) => writeAtomic(path(name), content),
    writeJson: (name, value) => writeAtomic(path(name), JSON.stringify(value, null, 2) + "\n"),
    async readJson(name, schema) {
      const parsed = schema.safeParse(parseJson(await readText(name), path(name)));
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      throw new DataError({
        expected: `a ${name} of this version of Auscult`,
        found: `at ${issue.path.join(".") || "its root"}: ${issue.message}`,
        where: path(name),
        remedy: "run the experiment again",
      });
    },
  };
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError({ expected: "JSON", found: (cause as Error).message, where, cause });
  }
}
