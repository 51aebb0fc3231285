import type { LayersModel } from "@tensorflow/tfjs";
import { basename, dirname } from "node:path";
import { loadTfjs, withoutRules } from "../../models/mod.ts";
import { readNetworkFiles } from "./network_files.ts";
import { type Run, runIn } from "../run.ts";

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
      modelTopology: withoutRules(artifacts.modelTopology),
      weightsManifest: [{ paths: [`${basename(name)}.weights.bin`], weights: artifacts.weightSpecs }],
    });
    return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
  }));
}

/** The model that {@linkcode saveModel} wrote; `path` ends in `.json`, and its weights lie beside it. */
export async function loadModel(path: string): Promise<LayersModel> {
  const { io, loadLayersModel } = await loadTfjs();
  const { topology, specs, weights } = await readNetworkFiles(basename(path), runIn(dirname(path)).readBytes);
  return await loadLayersModel(
    io.fromMemory({ modelTopology: topology, weightSpecs: specs, weightData: weights.buffer }),
  );
}
