import { threadPermissions } from "../runs/threads/thread_permissions.ts";
import { workerCrew } from "../runs/threads/worker_crew.ts";
import type { PageOrder } from "./page_worker.ts";

/** Packages whose WebAssembly the pages are made by, or hold. */
const PACKAGES = ["@echogarden/pffft-wasm/simd", "@tensorflow/tfjs-backend-wasm"];

/**
 * Makes the pages of a run in a thread that can read and write the run's folder alone, and read the modules of the order.
 *
 * @returns their paths.
 */
export async function renderPages(order: PageOrder): Promise<string[]> {
  const permissions = threadPermissions(order.folder, { modules: order.modules, packages: PACKAGES, write: true });
  const crew = workerCrew<PageOrder, string[]>(import.meta.resolve("./page_worker.ts"), { workers: 1, permissions });
  try {
    return await crew.ask(order);
  } finally {
    await crew.stop();
  }
}
