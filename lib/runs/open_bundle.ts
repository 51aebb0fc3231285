import { join } from "node:path";
import { DataError } from "../errors/mod.ts";
import { type Bundle, bundle, type BundleMember } from "./bundle_schema.ts";
import { runIn } from "./run.ts";

/** A network of a bundle, ready to predict. */
export interface BundleNetwork {
  /** Mean and standard deviation of each band over its training windows. */
  statistics: { mean: Float32Array; std: Float32Array };
  /** Logits `[count, classes]` of standardised windows `[count, frames, nMels]`, at the network's temperature. */
  predict(inputs: Float32Array, count: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** A bundle whose networks are loaded. */
export interface OpenBundle {
  bundle: Bundle;
  networks: BundleNetwork[];
}

/**
 * Loads the networks of a run's bundle with onnxruntime.
 *
 * @param folder The folder that holds `bundle.json`: `results/demo/…/model`.
 * @throws {DataError} where a file is missing, damaged or of another version.
 */
export async function openBundle(folder: string, { threads }: { threads: number }): Promise<OpenBundle> {
  const read = await runIn(folder).readJson("bundle.json", bundle);
  const networks = await Promise.all(read.members.map((member) => openNetwork(folder, member, { ...read, threads })));
  return { bundle: read, networks };
}

async function openNetwork(
  folder: string,
  { onnx, mean, std, temperature }: BundleMember,
  { frames, nMels, threads }: { frames: number; nMels: number; threads: number },
): Promise<BundleNetwork> {
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const path = join(folder, onnx);
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
  const session = await Deno.readFile(path).then((bytes) => InferenceSession.create(bytes, options)).catch((cause) => {
    throw new DataError({
      expected: "the ONNX file of a network",
      found: cause instanceof Deno.errors.NotFound ? "none" : (cause as Error).message.split("\n")[0],
      where: path,
      remedy: "run the experiment again, or copy the whole run folder",
      cause,
    });
  });
  const [input] = session.inputNames, [output] = session.outputNames;
  return {
    statistics: { mean: Float32Array.from(mean), std: Float32Array.from(std) },
    async predict(inputs, count) {
      const tensor = new Tensor("float32", inputs, [count, frames, nMels, 1]);
      const logits = (await session.run({ [input]: tensor }))[output].data as Float32Array;
      return logits.map((logit) => logit / temperature);
    },
    dispose: () => session.release(),
  };
}
