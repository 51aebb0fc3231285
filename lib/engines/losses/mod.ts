/**
 * What a training makes small. Each loss stands in one file: its formula in tfjs, and as nodes with its gradient for `ort`.
 *
 * @module
 */
export * from "./built_in.ts";
export * from "./define_loss.ts";
export * from "./loss_of.ts";
