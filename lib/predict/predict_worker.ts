// A thread of `predictFiles`: loads the bundle once, then answers file after file. What strangers made, recordings and
// networks, is opened here alone, and here nothing but the bundle's folder can be read (see `threadPermissions`).
import { giveEncoders } from "../features/mod.ts";
import { importParts } from "../parts/mod.ts";
import { loadBundle, type LoadedBundle } from "./load_bundle.ts";
import { type FilePrediction, predictFile, type PredictFileOptions } from "./predict_file.ts";
import { answerCrew } from "../runs/threads/worker_crew.ts";

/** A file, and the bundle that judges it; without a file, only that the bundle is loaded. */
export interface PredictOrder {
  folder: string;
  /** Modules that a person named, which define inputs. */
  modules: string[];
  /** Files of encoders that a person named. */
  encoders: readonly string[];
  file?: string;
  options: PredictFileOptions;
}

let loaded: Promise<LoadedBundle> | undefined;

answerCrew(async (order: PredictOrder & { bytes?: Uint8Array<ArrayBuffer> }): Promise<FilePrediction | undefined> => {
  const predictor = await (loaded ??= load(order));
  const { file, bytes, options } = order;
  return file && bytes ? await predictFile(predictor, { file, bytes }, options) : undefined;
});

async function load({ folder, modules, encoders }: PredictOrder): Promise<LoadedBundle> {
  for (const module of modules) await importParts(module);
  await giveEncoders(encoders);
  return await loadBundle(folder);
}
