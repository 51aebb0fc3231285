import type { LayersModel } from "@tensorflow/tfjs";
import { basename, dirname } from "node:path";
import { loadTfjs } from "../models/mod.ts";
import type { Run } from "./run.ts";

/**
 * Writes `<name>.json` and `<name>.weights.bin` in the tfjs-layers format: `tf.loadLayersModel` reads them, in the
 * browser too.
 *
 * @param name Path below the run folder without the ending: `"model/model"`.
 */
export async function saveModel(run: Run, name: string, model: LayersModel): Promise<void> {
  const { io } = await import("@tensorflow/tfjs");
  await model.save(io.withSaveHandler(async (artifacts) => {
    const weights = new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData));
    await run.write(`${name}.weights.bin`, weights);
    await run.writeJson(`${name}.json`, {
      format: artifacts.format,
      generatedBy: artifacts.generatedBy,
      convertedBy: artifacts.convertedBy,
      modelTopology: artifacts.modelTopology,
      weightsManifest: [{ paths: [`${basename(name)}.weights.bin`], weights: artifacts.weightSpecs }],
    });
    return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
  }));
}

/** The model that {@linkcode saveModel} wrote; `path` ends in `.json`. */
export async function loadModel(path: string): Promise<LayersModel> {
  const { io, loadLayersModel } = await loadTfjs();
  const { modelTopology, weightsManifest } = JSON.parse(await Deno.readTextFile(path));
  const [{ paths: [file], weights: weightSpecs }] = weightsManifest;
  const weights = await Deno.readFile(`${dirname(path)}/${basename(file)}`);
  return await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData: weights.buffer }));
}
