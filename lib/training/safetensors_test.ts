import { expect } from "expect";
import { formatSafetensors, parseSafetensors } from "./mod.ts";

Deno.test("parseSafetensors() reads what formatSafetensors() wrote, scalars and empty arrays included", () => {
  const file = {
    arrays: {
      "a/b": { shape: [2, 2], data: new Float32Array([1, -2, Infinity, 0.1]) },
      empty: { shape: [0], data: new Float32Array() },
      scalar: { shape: [], data: new Float32Array([3]) },
    },
    metadata: { note: '{"ä":1}' },
  };
  expect(parseSafetensors(formatSafetensors(file), "x")).toEqual(file);
});

Deno.test("formatSafetensors() follows the format: header length, JSON, then the data", () => {
  const bytes = formatSafetensors({ arrays: { a: { shape: [1], data: new Float32Array([1]) } }, metadata: {} });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  expect(header.a).toEqual({ dtype: "F32", shape: [1], data_offsets: [0, 4] });
  expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 128, 63]);
});

Deno.test("parseSafetensors() refuses a cut file and names it", () => {
  const bytes = formatSafetensors({ arrays: { a: { shape: [1], data: new Float32Array([1]) } }, metadata: {} });
  expect(() => parseSafetensors(bytes.subarray(0, -1), "last.safetensors")).toThrow(
    /whole safetensors file .* in last\.safetensors: delete it/,
  );
  expect(() => parseSafetensors(new Uint8Array(3), "x")).toThrow(/whole safetensors file/);
});
