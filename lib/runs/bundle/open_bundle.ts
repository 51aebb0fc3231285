import type { InferenceSession } from "onnxruntime-node";
import { join } from "node:path";
import { DataError } from "../../errors/mod.ts";
import type { MetadataColumn } from "../../metadata/metadata_values.ts";
import { framesBeside } from "../../features/window_shape.ts";
import { type Bundle, type BundleMember, outputsOf } from "./bundle_schema.ts";
import { checkLogits } from "./check_logits.ts";
import { checkNetwork } from "./check_network.ts";
import { type ReadBundle, readBundle } from "./read_bundle.ts";

/** A network of a bundle, ready to predict. */
export interface BundleNetwork {
  /** Mean and standard deviation of each channel of each band over its training windows. */
  statistics: { mean: Float32Array; std: Float32Array };
  /** What it is given behind the frames of each window, see `withMetadata`. */
  metadata?: MetadataColumn[];
  /** Of a network by frame: what `answerByFrame` reads its frames with. */
  reader?: number[];
  /**
   * Logits `[count, classes]`, or `[count, frames, classes of frames]`, of standardised windows
   * `[count, frames, bands, channels]`, at the network's temperature.
   */
  predict(inputs: Float32Array, count: number): Promise<Float32Array>;
}

/** A bundle whose networks are loaded. */
export interface OpenBundle {
  bundle: Bundle;
  networks: BundleNetwork[];
  /** What can't be told of it, as sentences. */
  warnings: string[];
  dispose(): Promise<void>;
}

/**
 * Loads the networks of a run's bundle with onnxruntime.
 *
 * @param folder The folder that holds `bundle.json`: `results/demo/…/model`.
 * @throws {DataError} where a file is missing, damaged or of another version, or a network does more than compute.
 */
export async function openBundle(folder: string, { threads }: { threads: number }): Promise<OpenBundle> {
  const { bundle, warnings, read } = await readBundle(folder);
  const opened = await Promise.all(
    bundle.members.map((member) => openNetwork(member, { bundle, threads, read, where: join(folder, member.onnx) })),
  );
  return {
    bundle,
    networks: opened.map(({ network }) => network),
    warnings,
    async dispose() {
      for (const { session } of opened) await session.release();
    },
  };
}

/** What the windows of a network are standardised by. */
export function networkStatistics({ mean, std }: BundleMember): BundleNetwork["statistics"] {
  return { mean: Float32Array.from(mean), std: Float32Array.from(std) };
}

interface OpenNetworkOptions extends Pick<ReadBundle, "bundle" | "read"> {
  threads: number;
  where: string;
}

async function openNetwork(
  member: BundleMember,
  { bundle, threads, read, where }: OpenNetworkOptions,
): Promise<{ network: BundleNetwork; session: InferenceSession }> {
  const { frames, bands, channels } = bundle, classes = outputsOf(bundle);
  const bytes = await read(member.onnx);
  checkNetwork(bytes, where);
  const { InferenceSession: Session, Tensor } = await import("onnxruntime-node");
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 } as const;
  const refuse = (cause: unknown): never => {
    const found = (cause as Error).message.split("\n")[0];
    const remedy = "run the experiment again, or copy the whole run folder";
    throw new DataError({ expected: "the ONNX file of a network", found, where, remedy, cause });
  };
  const session = await Session.create(bytes, options).catch(refuse);
  const [input] = session.inputNames, [output] = session.outputNames;
  const more = framesBeside(member.metadata?.length ?? 0, { bands, channels });
  const network: BundleNetwork = {
    statistics: networkStatistics(member),
    metadata: member.metadata,
    reader: member.reader,
    async predict(inputs, count) {
      const tensor = new Tensor("float32", inputs, [count, frames + more, bands, channels]);
      const { [output]: { data } } = await session.run({ [input]: tensor }).catch(refuse);
      return checkLogits(data, { count, classes, where }).map((logit) => logit / member.temperature);
    },
  };
  return { network, session };
}
