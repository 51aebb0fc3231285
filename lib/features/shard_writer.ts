import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { DataError } from "../errors/mod.ts";
import { npyHeader } from "../files/mod.ts";
import type { WindowShape } from "./window_shape.ts";

/** Writes an NPY file window by window, to another name until it is whole. */
export interface ShardWriter {
  /** @param window `[frames, bands, channels]`. */
  add(window: Float32Array): void;
  /** Writes the header and gives the file its name; returns the SHA-256 of the windows. */
  finish(): string;
  /** Removes what was written. */
  discard(): void;
}

/** Where a shard is written before it is whole. */
export function temporaryShard(path: string, id: string): string {
  return `${path}.npy.${id}.tmp`;
}

/**
 * A writer of `path.npy`, `[windows, frames, bands, channels]`.
 *
 * @param id Told apart from other processes that write the same shard.
 * @throws {DataError} where the folder can't be written or the disk is full; so do `add` and `finish`.
 */
export function shardWriter(
  path: string,
  { frames, bands, channels, id }: WindowShape & { id: string },
): ShardWriter {
  const temporary = temporaryShard(path, id);
  const hash = createHash("sha256");
  const file = trying(path, () => {
    Deno.mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(temporary, { write: true, create: true, truncate: true });
  });
  const write = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  };
  let windows = 0;
  trying(path, () => write(npyHeader("<f4", [0, frames, bands, channels]))); // its length doesn't depend on the number of windows
  return {
    add(window) {
      const bytes = new Uint8Array(window.buffer, window.byteOffset, window.byteLength);
      hash.update(bytes);
      trying(path, () => write(bytes));
      windows++;
    },
    finish() {
      trying(path, () => {
        file.seekSync(0, Deno.SeekMode.Start);
        write(npyHeader("<f4", [windows, frames, bands, channels]));
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

function trying<T>(path: string, work: () => T): T {
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
}
