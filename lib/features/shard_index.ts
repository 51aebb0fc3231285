import { z } from "zod";
import { npyHeader } from "../files/mod.ts";
import type { ShardPlan } from "./feature_shard.ts";
import { hashFile } from "./hash_file.ts";
import { inputShape } from "./open_input.ts";
import type { WindowShape } from "./window_shape.ts";

const shardIndex = z.object({
  codeVersion: z.number(),
  input: z.record(z.string(), z.unknown()),
  /** SHA-256 of the windows in the NPY file. */
  hash: z.string(),
  /** `item` counts the items of the shard's recordings. */
  windows: z.array(z.object({ item: z.number(), start: z.number(), end: z.number() })),
  passedOver: z.array(z.object({ item: z.number(), reason: z.string() })),
});

export type ShardIndex = z.infer<typeof shardIndex>;

/** Shards that were found whole in this process, and how they looked then: a run opens its windows more than once. */
const seenWhole = new Map<string, string>();

/** The index of a shard whose files are there and whole, or what is wrong: `"missing"` or `"damaged"`. */
export async function checkShard({ path, input }: ShardPlan): Promise<ShardIndex | "missing" | "damaged"> {
  try {
    const index = await readShardIndex(path);
    const header = shardHeader(index.windows.length, inputShape(input));
    using file = await Deno.open(`${path}.npy`);
    const found = new Uint8Array(header.length);
    await file.read(found);
    if (!header.every((byte, i) => byte === found[i])) return "damaged";
    const { size, mtime } = await file.stat();
    const state = `${index.hash} ${size} ${mtime?.getTime()}`;
    if (seenWhole.get(path) === state) return index;
    if (index.hash !== await hashFile(`${path}.npy`, { start: header.length })) return "damaged";
    seenWhole.set(path, state);
    return index;
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "missing" : "damaged";
  }
}

export async function readShardIndex(path: string): Promise<ShardIndex> {
  return shardIndex.parse(JSON.parse(await Deno.readTextFile(`${path}.json`)));
}

/** The header of a shard's NPY file. */
export function shardHeader(windows: number, { frames, bands, channels }: WindowShape): Uint8Array {
  return npyHeader("<f4", [windows, frames, bands, channels]);
}
