import { z } from "zod";
import { checked, DataError } from "../../errors/mod.ts";

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
