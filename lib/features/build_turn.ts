import { dirname } from "node:path";

/** Milliseconds between two looks at whether the turn has come. */
const PATIENCE = 100;

/**
 * Waits until no other process builds features in a folder, and keeps others waiting until it is disposed of: what many
 * workers need at the same time is built once. The system gives up the lock of a process that dies.
 */
export async function buildTurn(folder: string, signal?: AbortSignal): Promise<Disposable> {
  await Deno.mkdir(dirname(folder), { recursive: true });
  const file = await Deno.open(`${folder}.lock`, { write: true, create: true });
  try {
    while (!await file.tryLock(true)) {
      signal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    }
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}
