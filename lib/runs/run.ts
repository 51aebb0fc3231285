import { existsSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { DataError } from "../errors/mod.ts";
import { fileInside, writeAtomic } from "../files/mod.ts";
import { answersByFrame, BY_FRAME } from "./answers_by_frame.ts";
import { parseJson, type RunContents, runContents } from "./run_contents.ts";

type Kind = keyof RunContents;

/** What each kind of file holds: `run.metrics()`. @throws {DataError} where it is missing, damaged or of another version. */
type Readers = { [K in Kind]: () => Promise<RunContents[K]> };

/** A run folder: named files, each written whole or not at all, and none read from outside it. */
export interface Run extends Readers {
  readonly folder: string;
  /** Path of a file inside the folder. */
  path(...names: string[]): string;
  /** A folder inside, with files of the same kinds: `run.inside("folds", "0")`. */
  inside(...names: string[]): Run;
  has(name: string): Promise<boolean>;
  /** Writes a file of a known kind. @throws {DataError} as {@linkcode Run.write}. */
  save<K extends Kind>(kind: K, content: RunContents[K]): Promise<void>;
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

/** Files that a run has whose networks answer for items. */
const OF_ITEMS = new Set(["predictions.csv", "bundle.json", "model/bundle.json"]);

/** No file of a run comes near it, bytes; a larger one would fill the memory. */
const LARGEST = 500e6;

/**
 * The run whose files lie in `folder`; nothing is read yet.
 *
 * @param options `begun`: this folder is there, and when it is gone that is an error and nothing to be made again.
 */
export function runIn(folder: string, { begun }: { begun?: string } = {}): Run {
  const path = (...names: string[]) => join(folder, ...names);
  const readBytes = async (name: string) => {
    try {
      return await Deno.readFile(await fileInside(folder, name, { maxBytes: LARGEST }));
    } catch (cause) {
      const found = cause instanceof DataError ? cause.problem.found : (cause as Error).message;
      const remedy = OF_ITEMS.has(name) && await answersByFrame(folder)
        ? BY_FRAME
        : "name the folder of a finished run, or run the experiment again";
      throw new DataError({ expected: `the file ${name} of a run`, found, where: folder, remedy, cause });
    }
  };
  const readText = async (name: string) => new TextDecoder().decode(await readBytes(name));
  const write = async (name: string, content: string | Uint8Array) => {
    if (begun !== undefined && !existsSync(begun)) {
      const expected = "the folder of the run that is under way";
      const found = "none: it was removed or renamed meanwhile";
      throw new DataError({ expected, found, where: begun, remedy: "run the experiment again" });
    }
    await writeAtomic(path(name), content);
  };
  const readers = Object.entries(runContents).map(([kind, { name, parse }]) =>
    [kind, async () => parse(await readText(name), path(name))] as const
  );
  return {
    ...Object.fromEntries(readers) as Readers,
    folder,
    path,
    inside: (...names) => runIn(path(...names), { begun }),
    readBytes,
    readText,
    has: (name) => Deno.stat(path(name)).then(() => true, () => false),
    save: (kind, content) => write(runContents[kind].name, runContents[kind].format(content as never)),
    write,
    writeJson: (name, value) => write(name, JSON.stringify(value, null, 2) + "\n"),
    readJson: async (name, schema) => parseJson(await readText(name), { name, schema, where: path(name) }),
  };
}
