import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { z } from "zod";
import { DataError } from "../errors/mod.ts";
import { npyHeader } from "../files/mod.ts";
import type { ShardPlan } from "./feature_shard.ts";
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
    const hash = createHash("sha256"), piece = new Uint8Array(2 ** 20);
    await file.seek(header.length, Deno.SeekMode.Start);
    for (let length; (length = await file.read(piece)) !== null;) hash.update(piece.subarray(0, length));
    if (index.hash !== hash.digest("hex")) return "damaged";
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

/**
 * Writes `path.npy`, `[windows, frames, bands, channels]`, window by window, to another name until it is whole.
 *
 * @returns `add` takes the next window, `finish` gives the file its name and returns the SHA-256 of the windows, `discard`
 * removes what was written.
 * @throws {DataError} where the folder can't be written or the disk is full; so do `add` and `finish`.
 */
export function shardWriter(path: string, shape: WindowShape) {
  const temporary = `${path}.npy.${crypto.randomUUID().slice(0, 8)}.tmp`;
  const hash = createHash("sha256");
  const trying = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw new DataError({
        expected: "to be able to write",
        found: cause instanceof Error ? cause.message : String(cause),
        where: `${path}.npy`,
        remedy: "choose a cache folder that can be written and has space left",
        cause,
      });
    }
  };
  const file = trying(() => {
    Deno.mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(temporary, { write: true, create: true, truncate: true });
  });
  const write = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  };
  let windows = 0;
  trying(() => write(shardHeader(0, shape))); // its length doesn't depend on the number of windows
  return {
    add(window: Float32Array) {
      const bytes = new Uint8Array(window.buffer, window.byteOffset, window.byteLength);
      hash.update(bytes);
      trying(() => write(bytes));
      windows++;
    },
    finish(): string {
      trying(() => {
        file.seekSync(0, Deno.SeekMode.Start);
        write(shardHeader(windows, shape));
        file.syncSync();
        file.close();
        Deno.renameSync(temporary, `${path}.npy`);
      });
      return hash.digest("hex");
    },
    discard() {
      file.close();
      Deno.removeSync(temporary);
    },
  };
}
