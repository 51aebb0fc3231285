import { DataError } from "../errors/mod.ts";
import { cannotWrite } from "../files/mod.ts";
import type { Run } from "./run.ts";

/** A run folder that this process alone trains in, until it is let go or the process ends, however it ends. */
export interface HeldRun {
  release(): Promise<void>;
}

/**
 * Takes a run folder for this process: two that train in one folder would sweep each other's files away.
 *
 * @throws {DataError} where another process has it.
 */
export async function holdRun(run: Run): Promise<HeldRun> {
  // A file of its own, as Windows lets nobody read what is locked.
  const path = run.path("running.lock");
  const file = await Deno.open(path, { create: true, write: true }).catch((cause) => {
    throw cannotWrite(path, cause);
  });
  if (!await file.tryLock(true)) {
    file.close();
    const expected = "a run in which nobody trains";
    const remedy = "wait until it has ended, or stop it with Ctrl-C: --resume goes on from there";
    throw new DataError({ expected, found: "another process that does", where: run.folder, remedy });
  }
  return {
    async release() {
      await Deno.remove(path).catch(() => {}); // Windows keeps what is open
      file.close();
    },
  };
}
