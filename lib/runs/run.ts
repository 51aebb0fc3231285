import { join } from "node:path";
import type { z } from "zod";
import { checked, DataError } from "../errors/mod.ts";
import { fileInside, writeAtomic } from "../files/mod.ts";

/** A run folder: named files, each written whole or not at all, and none read from outside it. */
export interface Run {
  readonly folder: string;
  /** Path of a file inside the folder. */
  path(...names: string[]): string;
  has(name: string): Promise<boolean>;
  /** @throws {DataError} where it can't be written, or the folder of a run that was begun is gone. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  writeJson(name: string, value: unknown): Promise<void>;
  /** @throws {DataError} where the file is missing, lies outside the folder, or is too large. */
  readBytes(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws {DataError} as {@linkcode Run.readBytes}. */
  readText(name: string): Promise<string>;
  /** @throws {DataError} also where it is no JSON, or not of the schema; names the key. */
  readJson<T extends z.ZodType>(name: string, schema: T): Promise<z.output<T>>;
}

/** No file of a run comes near it, bytes; a larger one would fill the memory. */
const LARGEST = 500e6;

/**
 * The run whose files lie in `folder`; nothing is read yet.
 *
 * @param options `begun`: the folder is there, and when it is gone that is an error and nothing to be made again.
 */
export function runIn(folder: string, { begun = false }: { begun?: boolean } = {}): Run {
  const path = (...names: string[]) => join(folder, ...names);
  const readBytes = async (name: string) => {
    try {
      return await Deno.readFile(await fileInside(folder, name, { maxBytes: LARGEST }));
    } catch (cause) {
      throw new DataError({
        expected: `the file ${name} of a run`,
        found: cause instanceof DataError ? cause.problem.found : (cause as Error).message,
        where: folder,
        remedy: "name the folder of a finished run, or run the experiment again",
        cause,
      });
    }
  };
  const readText = async (name: string) => new TextDecoder().decode(await readBytes(name));
  const write = async (name: string, content: string | Uint8Array) => {
    if (begun && !await Deno.stat(folder).then(() => true, () => false)) {
      throw new DataError({
        expected: "the folder of the run that is under way",
        found: "none: it was removed or renamed meanwhile",
        where: folder,
        remedy: "run the experiment again",
      });
    }
    await writeAtomic(path(name), content);
  };
  return {
    folder,
    path,
    readBytes,
    readText,
    has: (name) => Deno.stat(path(name)).then(() => true, () => false),
    write,
    writeJson: (name, value) => write(name, JSON.stringify(value, null, 2) + "\n"),
    readJson: async (name, schema) =>
      checked(schema, parseJson(await readText(name), path(name)), {
        expected: `a ${name} of this version of Auscult`,
        where: path(name),
        remedy: "run the experiment again",
      }),
  };
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError({ expected: "JSON", found: (cause as Error).message, where, cause });
  }
}
