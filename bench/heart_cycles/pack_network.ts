import type { DenseLayer, PackedLayer } from "../../lib/audio/heart_cycles/frame_network.ts";

/** Layers in 16 bits a weight, as `readNetwork` of `lib/audio` reads them. */
export function packNetwork(layers: readonly DenseLayer[]): PackedLayer[] {
  return layers.map(({ weights, bias }) => {
    const step = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) / 32767;
    const view = new DataView(new ArrayBuffer(2 * weights.length));
    weights.forEach((weight, i) => view.setInt16(2 * i, Math.round(weight / step), true));
    const letters = Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte));
    return { weights: btoa(letters.join("")), step, bias: [...bias].map((value) => Number(value.toPrecision(7))) };
  });
}
