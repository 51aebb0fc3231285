import { dirname } from "node:path";
import { DataError } from "../errors/mod.ts";

/**
 * Writes to a temporary name in the same folder and renames it: a killed process leaves the old file or the new one,
 * never a half. The folder is made where it is missing.
 *
 * @throws {DataError} where the folder can't be written or the disk is full.
 */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const file = await Deno.open(temporary, { write: true, createNew: true });
    try {
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {});
    throw cannotWrite(path, cause);
  }
}

/** The error of a file or folder that can't be written. */
export function cannotWrite(path: string, cause: unknown): DataError {
  return new DataError({
    expected: "to be able to write",
    found: whyNot(cause),
    where: path,
    remedy: cause instanceof Deno.errors.NotCapable
      ? `this task writes ${writableFolders()}`
      : "choose a folder that can be written and has space left",
    cause,
  });
}

/** Where this task may write, as the end of a sentence. */
export function writableFolders(): string {
  const may = ["results", "data", "experiments"].filter((path) =>
    Deno.permissions.querySync({ name: "write", path }).state === "granted"
  );
  return may.length === 0 ? "nothing" : `below ${may.map((name) => `${name}/`).join(" and ")} alone`;
}

function whyNot(cause: unknown): string {
  if (cause instanceof Deno.errors.NotCapable) return "no permission of this task for that folder";
  return cause instanceof Error ? cause.message.replace(/: \w+ '.*'$/, "") : String(cause);
}
