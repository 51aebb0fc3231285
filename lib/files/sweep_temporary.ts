import { join } from "node:path";

/** As `writeAtomic` calls them. */
const TEMPORARY = /\.[0-9a-f]{8}\.tmp$/;

export interface SweepTemporaryOptions {
  /** Younger ones stay: another process may be writing them. @default {0} */
  olderThan?: number; // seconds
  /** Look into the folders below as well. @default {false} */
  deep?: boolean;
  /** Folders of such a name, too. @default {false} */
  folders?: boolean;
}

/** Removes what a killed process left of {@linkcode writeAtomic}. */
export async function sweepTemporary(folder: string, options: SweepTemporaryOptions = {}): Promise<void> {
  const { olderThan = 0, deep = false, folders = false } = options;
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const { name, isDirectory } of entries) {
    const path = join(folder, name);
    if (isDirectory && deep) await sweepTemporary(path, { olderThan, deep });
    if ((isDirectory && !folders) || !TEMPORARY.test(name)) continue;
    const changed = (await Deno.lstat(path).catch(() => undefined))?.mtime?.getTime() ?? Infinity;
    if (Date.now() - changed >= 1000 * olderThan) await Deno.remove(path, { recursive: true }).catch(() => {}); // another one swept it
  }
}
