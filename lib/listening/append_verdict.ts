import { dirname } from "node:path";
import { decodeText, writeAtomic } from "../files/mod.ts";
import { cannotWrite } from "../files/write_atomic.ts";
import { formatVerdicts, parseVerdicts, readVerdicts, type Verdict } from "./verdicts.ts";

const HEADER = formatVerdicts([]);

/**
 * Adds a verdict to `verdicts.csv`, on the disk before this returns; what stands there stays. A line that a crash cut off is
 * taken away, and a file that a spreadsheet saved is first written as ours, with the other kept beside it as `.edited`.
 * Several programs may add at once.
 *
 * @throws {DataError} where it can't be written, or an edited file has a line that is no verdict; nothing has changed then.
 */
export async function appendVerdict(path: string, verdict: Verdict): Promise<void> {
  const line = formatVerdicts([verdict]).slice(HEADER.length);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  await takeBack(path);
  const file = await Deno.open(path, { create: true, read: true, append: true }).catch((cause) => {
    throw cannotWrite(path, cause);
  });
  try {
    await file.lock(true);
    const { size } = await file.stat();
    const kept = await wholeLines(path, size);
    if (kept < size) await file.truncate(kept);
    try {
      const text = (size === 0 ? HEADER : kept > size ? "\n" : "") + line;
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.sync();
    } catch (cause) {
      await file.truncate(Math.min(kept, size)).catch(() => {});
      throw cannotWrite(path, cause);
    }
  } finally {
    file.close();
  }
}

/** Bytes of the lines that are whole; one more than there are where only the last line's end is missing. */
async function wholeLines(path: string, size: number): Promise<number> {
  const bytes = await Deno.readFile(path);
  const end = bytes.lastIndexOf(10) + 1;
  if (end === size) return size;
  const last = new TextDecoder().decode(bytes.subarray(end));
  try {
    return parseVerdicts(`${HEADER}${last}\n`, path).length === 1 ? size + 1 : end;
  } catch {
    return end;
  }
}

/** Writes a file as ours that a spreadsheet has saved. */
async function takeBack(path: string): Promise<void> {
  const bytes = await Deno.readFile(path).catch(() => new Uint8Array());
  if (bytes.length === 0 || new TextDecoder().decode(bytes.subarray(0, HEADER.length)) === HEADER) return;
  if (HEADER.startsWith(decodeText(bytes, path).text)) return await Deno.truncate(path);
  const verdicts = await readVerdicts(path);
  await writeAtomic(`${path}.edited`, bytes);
  await writeAtomic(path, formatVerdicts(verdicts));
}
