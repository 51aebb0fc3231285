/** The part of PFFFT's WebAssembly module that is used; pointers are byte offsets into its memory. */
export interface Pffft {
  HEAPF32: Float32Array;
  _pffft_new_setup(n: number, kind: number): number;
  _pffft_aligned_malloc(bytes: number): number;
  _pffft_transform_ordered(setup: number, input: number, output: number, work: number, direction: number): void;
}

/**
 * PFFFT with SIMD, where its file can be read: on Deno and Node. A page that was opened from disk can't fetch it and
 * does with the transform in TypeScript.
 */
export const pffft: Pffft | undefined = await loadPffft();

async function loadPffft(): Promise<Pffft | undefined> {
  if (!("process" in globalThis) || "document" in globalThis) return undefined;
  const { default: create } = await import("@echogarden/pffft-wasm/simd") as unknown as PffftModule;
  return await create();
}

interface PffftModule {
  default: () => Promise<Pffft>;
}
