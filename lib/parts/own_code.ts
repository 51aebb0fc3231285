import { dirname, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { hashBytes } from "../files/hash_bytes.ts";
import type { KnownPart, PartType } from "./part_kind.ts";
import { AuscultError, UsageError } from "../errors/mod.ts";

/** One of somebody's own parts, and the code that it runs by. */
export interface OwnPart extends OwnCode {
  part: PartType;
  kind: string;
}

/**
 * Somebody's own parts among these, each once; those that are built in run by the code of this version.
 *
 * @param among Those in a resolved description, `partsIn(experiment)`, or all that are known.
 */
export async function ownParts(among: readonly (KnownPart<object> & { type: PartType })[]): Promise<OwnPart[]> {
  const parts = new Map(among.map((part) => [`${part.type} ${part.definition.name}`, part]));
  const all = await Promise.all([...parts.values()].map(async (part) => {
    const code = await ownCode(part);
    return code && { part: part.type, kind: part.definition.name, ...code };
  }));
  return all.filter((part) => part !== undefined);
}

/** The code of somebody's own part. */
export interface OwnCode {
  /** Path of its module, or what else it was defined by. */
  module: string;
  /** Of all the code below, 64 hexadecimal digits. */
  sha256: string;
  /** Text by path from the module's folder: the module, and what it imports by relative paths. */
  files: Record<string, string>;
}

/** What a part runs by; nothing of a built-in one, whose code is that of this version. */
export async function ownCode({ module, definition }: KnownPart<object>): Promise<OwnCode | undefined> {
  if (!isOwn({ module })) return undefined;
  const files = module?.startsWith("file:") ? await modulesFrom(module) : { "cell.ts": functionsOf(definition) };
  const sha256 = hashBytes(...Object.entries(files).flatMap(([path, text]) => [path, "\0", text, "\0"]));
  return { module: module?.startsWith("file:") ? fileURLToPath(module) : module ?? "a notebook's cell", sha256, files };
}

/** Whether a part is somebody's own. */
export function isOwn({ module }: Pick<KnownPart<object>, "module">): boolean {
  return module === undefined || !isOurs(module);
}

const LIB = new URL("../", import.meta.url).href;

/** Tests stand among the code that they test, and what they define is their own. */
function isOurs(module: string): boolean {
  return module.startsWith(LIB) && !/_(?:test|peer_checks|fixture)\.ts$/.test(module);
}

/** Text by path from the module's folder: a module of a `file:` URL, and all that it imports by relative paths, ours excepted. */
export async function modulesFrom(module: string): Promise<Record<string, string>> {
  const folder = dirname(fileURLToPath(module));
  const files: Record<string, string> = {};
  const waiting = [module];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    const path = relative(folder, fileURLToPath(url));
    if (path in files || isOurs(url)) continue;
    const text = files[path] = await Deno.readTextFile(new URL(url));
    for (const [, , imported] of text.matchAll(/\b(?:from|import)\s*(\(\s*)?["'](\.{1,2}\/[^"']+)["']/g)) {
      waiting.push(new URL(imported, url).href);
    }
  }
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1));
}

/** A cell's code is gone when it has run; what is left of it are its functions. */
function functionsOf(definition: object): string {
  return Object.entries(definition).filter(([, value]) => typeof value === "function")
    .map(([name, value]) => `// ${name}\n${value}\n`).join("\n");
}

/** The module's URL, from a path or a URL. */
export function moduleUrl(module: string): string {
  return /^(?:https?|file|jsr|npm):/.test(module) ? module : pathToFileURL(module).href;
}

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
