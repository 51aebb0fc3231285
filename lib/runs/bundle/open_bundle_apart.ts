import { ownInputModules } from "../../features/mod.ts";
import { threadPermissions } from "../threads/thread_permissions.ts";
import { workerCrew } from "../threads/worker_crew.ts";
import type { BundleOrder } from "./bundle_worker.ts";
import { type BundleNetwork, networkStatistics, type OpenBundle } from "./open_bundle.ts";
import { readBundle } from "./read_bundle.ts";

/**
 * As {@linkcode openBundle}, in a thread that may read nothing but the bundle: a network that never ends leaves its caller
 * free, and ends with the signal.
 *
 * @throws {DataError} as {@linkcode openBundle}.
 */
export async function openBundleApart(
  folder: string,
  { threads, signal }: { threads: number; signal?: AbortSignal },
): Promise<OpenBundle> {
  const { bundle, warnings } = await readBundle(folder);
  const modules = ownInputModules();
  const crew = workerCrew<BundleOrder, Float32Array | undefined>(import.meta.resolve("./bundle_worker.ts"), {
    workers: 1,
    permissions: await threadPermissions([folder], {
      modules,
      packages: ["@echogarden/pffft-wasm/simd"],
      runtime: true,
    }),
    signal,
  });
  const order = { folder, threads, modules };
  try {
    await crew.ask(order);
  } catch (error) {
    await crew.stop();
    throw error;
  }
  const networks = bundle.members.map((member, i): BundleNetwork => ({
    statistics: networkStatistics(member),
    metadata: member.metadata,
    reader: member.reader,
    predict: async (inputs, count) => (await crew.ask({ ...order, batch: { member: i, inputs, count } }))!,
  }));
  return { bundle, networks, warnings, dispose: () => crew.stop() };
}
