import type { DenseLayer } from "./frame_network.ts";

/** A layer as it is kept: whole numbers of 16 bits, to be multiplied by `step`. */
export interface PackedLayer {
  /** `[inputs, units]` in base64, low byte first. */
  weights: string;
  step: number;
  bias: number[];
}

/** The layers of a network that {@linkcode packNetwork} wrote. */
export function readNetwork(layers: readonly PackedLayer[]): DenseLayer[] {
  return layers.map(({ weights, step, bias }) => {
    const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    return {
      weights: Float64Array.from({ length: bytes.length / 2 }, (_, i) => step * view.getInt16(2 * i, true)),
      bias: Float64Array.from(bias),
    };
  });
}
