/**
 * What a training makes small. A loss is its formula in tfjs, and nodes with its gradient for `ort`.
 *
 * @module
 */
export * from "./built_in.ts";
export * from "./define_loss.ts";
