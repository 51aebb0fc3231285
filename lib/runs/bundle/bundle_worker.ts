// The thread of `openBundleApart`: loads the bundle once, then answers window after window.
import "../../features/mod.ts"; // every input that a bundle may name, encoders too
import { importParts } from "../../parts/mod.ts";
import { answerCrew } from "../threads/worker_crew.ts";
import { type OpenBundle, openBundle } from "./open_bundle.ts";

/** Windows for one of the bundle's networks; without them, only that the bundle is loaded. */
export interface BundleOrder {
  folder: string;
  threads: number;
  /** Modules that a person named, which define inputs. */
  modules: string[];
  batch?: { member: number; inputs: Float32Array; count: number };
}

let opened: Promise<OpenBundle> | undefined;

answerCrew(async ({ batch, ...order }: BundleOrder): Promise<Float32Array | undefined> => {
  const { networks } = await (opened ??= open(order));
  return await (batch && networks[batch.member].predict(batch.inputs, batch.count));
});

async function open({ folder, threads, modules }: Omit<BundleOrder, "batch">): Promise<OpenBundle> {
  for (const module of modules) await importParts(module);
  return await openBundle(folder, { threads });
}
