import type { Bundle } from "../../runs/bundle/bundle_schema.ts";

/** A network as the page holds it: the files of tfjs-layers, weights as base64. */
export interface LiveNetwork {
  /** `modelTopology` of model.json. */
  topology: unknown;
  /** `weights` of its weights manifest. */
  specs: unknown[];
  weights: string;
}

/** All that the page's script reads from the element `data`. */
export interface LiveData {
  bundle: Bundle;
  /** In the order of the bundle's members. */
  networks: LiveNetwork[];
  /** The tfjs WebAssembly backend (SIMD), base64. */
  wasm: string;
}
