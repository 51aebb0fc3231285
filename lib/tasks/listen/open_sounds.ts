import { basename, join, resolve } from "node:path";
import { folderSource, type ListeningSource, runSource } from "../../experiment/mod.ts";
import { judgedSource } from "../../predict/mod.ts";
import { openRun } from "../../runs/mod.ts";

/** What there is to listen to. */
export interface OpenedSounds {
  source: ListeningSource;
  /** Where page and verdicts go: the run's folder, or one below results/ for recordings of which nothing is known. */
  folder: string;
  /** Whether they are a run's. */
  run: boolean;
}

/** The sounds of a run; or of a folder, with what the networks of a run say of them where one is named. */
export async function openSounds(
  what: string,
  { by, signal }: { by?: string; signal: AbortSignal },
): Promise<OpenedSounds> {
  const names = [join(what, "config.json"), join(what, "latest")];
  const there = await Promise.all(names.map((name) => Deno.stat(name).then(() => true, () => false)));
  if (there.includes(true) || basename(what) === "latest") {
    const run = await openRun(what);
    return { source: await runSource(run, { signal }), folder: run.folder, run: true };
  }
  const source = await folderSource(what, { signal });
  const folder = join("results", "listening", basename(resolve(what)));
  return { source: by === undefined ? source : await judgedSource(source, by, { signal }), folder, run: false };
}
