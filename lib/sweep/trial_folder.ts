import { join } from "node:path";
import type { StoredTrial } from "./storage/study_storage.ts";

/**
 * The folder of a trial for the worker that claimed it. Each claim has one of its own and takes over what the last one
 * left by renaming it: a worker that lost its trial without knowing yet can't write into that of its heir.
 * `remove` takes away all that was kept of the trial.
 */
export async function trialFolder(studyFolder: string, { number, claims }: StoredTrial) {
  const folder = join(studyFolder, "trials", `${number}`);
  const path = join(folder, `${claims}`);
  const before = await latestClaim(folder);
  if (before !== undefined && before < claims) await Deno.rename(join(folder, `${before}`), path);
  return { path, remove: () => Deno.remove(folder, { recursive: true }).catch(() => {}) };
}

async function latestClaim(folder: string): Promise<number | undefined> {
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => Number(name));
    return names.length > 0 ? Math.max(...names) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
