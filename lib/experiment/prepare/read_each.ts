import { join } from "node:path";
import { readRecording } from "../../audio/mod.ts";
import type { Manifest } from "../../datasets/mod.ts";
import { AuscultError } from "../../errors/mod.ts";
import { progress } from "../../files/mod.ts";

/** What `use` makes of each recording of a manifest that can be read, by its name, with a bar that says how far it is. */
export async function readEach<T>(
  { rows, folder }: Pick<Manifest, "rows" | "folder">,
  { step, signal }: { step: string; signal?: AbortSignal },
  use: (recording: Awaited<ReturnType<typeof readRecording>>, name: string) => T,
): Promise<Map<string, T>> {
  const names = new Set(rows.map(({ recording }) => recording));
  const made = new Map<string, T>();
  const bar = progress(step, names.size);
  let done = 0;
  for (const name of names) {
    signal?.throwIfAborted();
    try {
      made.set(name, use(await readRecording(join(folder, name)), name));
    } catch (error) {
      if (!(error instanceof AuscultError)) throw error; // the features' own list names what can't be read
    }
    bar.update(++done);
  }
  bar.stop();
  return made;
}
