/// <reference lib="deno.worker" />
// A thread of `predictFiles`: loads the bundle once, then answers file after file.
import { loadBundle, type LoadedBundle } from "./load_bundle.ts";
import { predictFile, type PredictFileOptions } from "./predict_file.ts";
import { answerCrew } from "./worker_crew.ts";

/** A file, and the bundle that judges it. */
export interface PredictOrder {
  folder: string;
  file: string;
  options: PredictFileOptions;
}

let loaded: Promise<LoadedBundle> | undefined;

answerCrew(async ({ folder, file, options }: PredictOrder) => {
  loaded ??= loadBundle(folder);
  return await predictFile(await loaded, file, options);
});
