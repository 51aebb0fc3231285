import { hostname } from "node:os";
import { join } from "node:path";

/** A worker's sign of life on its machine: a file that the system unlocks when its process dies, however it dies. */
export interface WorkerLife {
  /** Name of the worker, unlike that of any other. */
  worker: string;
  /** Whether another worker is known to be dead. Of one on another machine nothing is known: there heartbeats tell. */
  isDead(worker: string): boolean;
  end(): void;
}

/**
 * Begins the life of a worker.
 *
 * @param folder Where the workers of a study on this machine keep their files.
 * @param worker Its name, where somebody else has to know it; made by {@linkcode workerName}.
 */
export function beginLife(folder: string, worker: string = workerName()): WorkerLife {
  Deno.mkdirSync(folder, { recursive: true });
  const path = join(folder, worker);
  const file = Deno.openSync(path, { write: true, create: true });
  file.lockSync(true);
  return {
    worker,
    isDead: (other) => isHere(other) && isUnlocked(join(folder, other)),
    end() {
      Deno.removeSync(path);
      file.close();
    },
  };
}

/** A new name of a worker of this machine. */
export function workerName(): string {
  return `${hostname()}-${crypto.randomUUID().slice(0, 8)}`;
}

function isHere(worker: string): boolean {
  return worker.replace(/-[^-]*$/, "") === hostname();
}

/** Whether nobody holds the file; no where there is none, as its worker ended in good order or lives elsewhere. */
function isUnlocked(path: string): boolean {
  try {
    using file = Deno.openSync(path);
    return file.tryLockSync(true);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
