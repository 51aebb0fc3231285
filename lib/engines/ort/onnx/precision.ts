import type { Tensor } from "../graph.ts";
import type { ElementType } from "./model.ts";

/** Types of numbers that are no integers. */
export type FloatType = Extract<ElementType, "float32" | "float16">;

/** ONNX' numbers for them. */
export const FLOAT_NUMBERS: Record<FloatType, number> = { float32: 1, float16: 10 };

/** Whether a value is of numbers that are no integers. */
export function isFloat(type: ElementType): type is FloatType {
  return type === "float32" || type === "float16";
}

/**
 * Brings values to one type or the other, each once until `begin`: what a layer has cast is not to lie in memory until its
 * gradient is computed.
 */
export function casts(emit: (x: Tensor, to: FloatType) => Tensor) {
  const known = new Map<string, Tensor>();
  return {
    begin: () => known.clear(),
    to(x: Tensor, type: FloatType): Tensor {
      if (!isFloat(x.type) || x.type === type) return x;
      const made = known.get(x.name) ?? emit(x, type);
      known.set(x.name, made);
      return made;
    },
  };
}
