import { DataError } from "../errors/mod.ts";

/** Named float32 arrays and short texts, as the safetensors format holds them: readable from Python too. */
export interface Safetensors {
  arrays: Record<string, { shape: number[]; data: Float32Array }>;
  metadata: Record<string, string>;
}

/** The bytes of a safetensors file: length of the header (u64), header (JSON), arrays one after the other. */
export function formatSafetensors({ arrays, metadata }: Safetensors): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    header[name] = { dtype: "F32", shape, data_offsets: [end, end += data.byteLength] };
  }
  const text = JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  // Filled up with spaces, so that the arrays begin at a multiple of 8 bytes.
  const start = Math.ceil((8 + json.length) / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let at = start;
  for (const { data } of Object.values(arrays)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * The arrays of a safetensors file.
 *
 * @throws {DataError} for other bytes, a cut file, or arrays of another type than float32.
 */
export function parseSafetensors(bytes: Uint8Array, where: string): Safetensors {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const start = 8 + Number(view.getBigUint64(0, true));
    const { __metadata__: metadata, ...entries } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
    const arrays: Safetensors["arrays"] = {};
    for (const [name, entry] of Object.entries(entries)) {
      type Entry = { dtype: string; shape: number[]; data_offsets: [number, number] };
      const { dtype, shape, data_offsets: [from, to] } = entry as Entry;
      if (dtype !== "F32") throw new RangeError(`${name} of type ${dtype}`);
      if (start + to > bytes.length) throw new RangeError(`${bytes.length} bytes`);
      arrays[name] = { shape, data: new Float32Array(bytes.slice(start + from, start + to).buffer) };
    }
    return { arrays, metadata };
  } catch (cause) {
    throw new DataError({
      expected: "a whole safetensors file of F32",
      found: (cause as Error).message,
      where,
      remedy: "delete it to begin this training anew",
      cause,
    });
  }
}
