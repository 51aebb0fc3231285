import { join } from "node:path";
import { DataError } from "../../errors/mod.ts";
import type { Bundle, BundleMember } from "./bundle_schema.ts";
import { checkLogits } from "./check_logits.ts";
import { checkNetwork } from "./check_network.ts";
import { type ReadBundle, readBundle } from "./read_bundle.ts";

/** A network of a bundle, ready to predict. */
export interface BundleNetwork {
  /** Mean and standard deviation of each channel of each band over its training windows. */
  statistics: { mean: Float32Array; std: Float32Array };
  /** Logits `[count, classes]` of standardised windows `[count, frames, bands, channels]`, at the network's temperature. */
  predict(inputs: Float32Array, count: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** A bundle whose networks are loaded. */
export interface OpenBundle {
  bundle: Bundle;
  networks: BundleNetwork[];
  /** What can't be told of it, as sentences. */
  warnings: string[];
}

/**
 * Loads the networks of a run's bundle with onnxruntime.
 *
 * @param folder The folder that holds `bundle.json`: `results/demo/…/model`.
 * @throws {DataError} where a file is missing, damaged or of another version, or a network does more than compute.
 */
export async function openBundle(folder: string, { threads }: { threads: number }): Promise<OpenBundle> {
  const { bundle, warnings, read } = await readBundle(folder);
  const networks = await Promise.all(
    bundle.members.map((member) => openNetwork(member, { bundle, threads, read, where: join(folder, member.onnx) })),
  );
  return { bundle, networks, warnings };
}

interface OpenNetworkOptions extends Pick<ReadBundle, "bundle" | "read"> {
  threads: number;
  where: string;
}

async function openNetwork(
  { onnx, mean, std, temperature }: BundleMember,
  { bundle: { frames, bands, channels, classes: { length: classes } }, threads, read, where }: OpenNetworkOptions,
): Promise<BundleNetwork> {
  const bytes = await read(onnx);
  checkNetwork(bytes, where);
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
  const refuse = (cause: unknown): never => {
    throw new DataError({
      expected: "the ONNX file of a network",
      found: (cause as Error).message.split("\n")[0],
      where,
      remedy: "run the experiment again, or copy the whole run folder",
      cause,
    });
  };
  const session = await InferenceSession.create(bytes, options).catch(refuse);
  const [input] = session.inputNames, [output] = session.outputNames;
  return {
    statistics: { mean: Float32Array.from(mean), std: Float32Array.from(std) },
    async predict(inputs, count) {
      const tensor = new Tensor("float32", inputs, [count, frames, bands, channels]);
      const { [output]: { data } } = await session.run({ [input]: tensor }).catch(refuse);
      return checkLogits(data, { count, classes, where }).map((logit) => logit / temperature);
    },
    dispose: () => session.release(),
  };
}
