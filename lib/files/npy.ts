import { DataError } from "../errors/mod.ts";

/** An array as numpy stores it: C order, little-endian. */
export interface NpyArray {
  shape: number[];
  data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

const KINDS = { "<f4": Float32Array, "<f8": Float64Array, "<i4": Int32Array, "|u1": Uint8Array } as const;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/**
 * The header of an NPY file, version 1.0, padded so that the data begin at a multiple of 64 bytes
 * (numpy.lib.format). `data` follow as they are in memory.
 */
export function npyHeader(kind: keyof typeof KINDS, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': '${kind}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = new Uint8Array(length).fill(0x20);
  header.set([...MAGIC, 1, 0, (length - 10) & 255, (length - 10) >> 8]);
  header.set(new TextEncoder().encode(text), 10);
  header[length - 1] = 0x0a;
  return header;
}

export function formatNpy({ shape, data }: NpyArray): Uint8Array<ArrayBuffer> {
  const kind = (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((key) => data instanceof KINDS[key])!;
  const header = npyHeader(kind, shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

/**
 * The array in the bytes of an NPY file, version 1 or 2.
 *
 * @throws {DataError} for other bytes, another element type, Fortran order or a wrong length.
 */
export function parseNpy(bytes: Uint8Array, where: string): NpyArray {
  const refuse = (found: string): never => {
    throw new DataError({ expected: "an NPY file of f4, f8, i4 or u1 in C order", found, where });
  };
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) refuse("other bytes at its start");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes[6] === 1 ? 10 : 12;
  const end = start + (bytes[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = new TextDecoder().decode(bytes.subarray(start, end));
  const kind = header.match(/'descr': *'([^']+)'/)?.[1] ?? "none";
  const shapeText = header.match(/'shape': *\(([^)]*)\)/)?.[1];
  if (!(kind in KINDS) || shapeText === undefined) return refuse(`the header ${header.trim()}`);
  if (header.includes("'fortran_order': True")) refuse("Fortran order");
  const shape = shapeText.split(",").map((text) => text.trim()).filter(Boolean).map(Number);
  const Kind = KINDS[kind as keyof typeof KINDS];
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (bytes.length - end !== count * Kind.BYTES_PER_ELEMENT) {
    refuse(`${bytes.length - end} bytes of data for the shape (${shape.join(", ")})`);
  }
  return { shape, data: new Kind(bytes.slice(end).buffer) };
}
