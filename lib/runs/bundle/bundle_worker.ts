// The thread of `openBundleApart`: loads the bundle once, then answers window after window.
import { answerCrew } from "../threads/worker_crew.ts";
import { type OpenBundle, openBundle } from "./open_bundle.ts";

/** Windows for one of the bundle's networks; without them, only that the bundle is loaded. */
export interface BundleOrder {
  folder: string;
  threads: number;
  batch?: { member: number; inputs: Float32Array; count: number };
}

let opened: Promise<OpenBundle> | undefined;

answerCrew(async ({ folder, threads, batch }: BundleOrder): Promise<Float32Array | undefined> => {
  const { networks } = await (opened ??= openBundle(folder, { threads }));
  return await (batch && networks[batch.member].predict(batch.inputs, batch.count));
});
