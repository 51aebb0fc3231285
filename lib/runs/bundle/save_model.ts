import type { LayersModel } from "@tensorflow/tfjs";
import { basename, dirname } from "node:path";
import { z } from "zod";
import { checked, DataError } from "../../errors/mod.ts";
import { loadTfjs, withoutRules } from "../../models/mod.ts";
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

/** A network in the tfjs-layers format. */
export interface NetworkFiles {
  topology: Record<string, unknown>;
  specs: { name: string; shape: number[]; dtype: "float32" }[];
  weights: Uint8Array<ArrayBuffer>;
}

const networkFile = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.tuple([z.object({
    paths: z.tuple([z.string()]),
    weights: z.array(
      z.object({ name: z.string(), shape: z.array(z.int().nonnegative()), dtype: z.literal("float32") }),
    ),
  })]),
});

/**
 * What `saveModel` wrote, checked: one file of weights beside it, as long as they need.
 *
 * @param name Of the JSON file: `"model.json"`.
 * @param read Bytes of a file of the bundle; it sees to it that no other is read.
 */
export async function readNetworkFiles(
  name: string,
  read: (name: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<NetworkFiles> {
  const remedy = "run the experiment again, or copy the whole run folder";
  const { modelTopology, weightsManifest: [{ paths: [file], weights: specs }] } = checked(
    networkFile,
    parseJson(await read(name)),
    { expected: "a network in the tfjs-layers format", where: name, remedy },
  );
  const weights = await read(file);
  const needed = 4 * specs.reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);
  if (weights.length !== needed) {
    throw new DataError({ expected: `${needed} bytes of weights`, found: `${weights.length}`, where: file, remedy });
  }
  return { topology: modelTopology, specs, weights };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined; // which no schema takes
  }
}
