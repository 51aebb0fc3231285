/**
 * Hyper-parameter search: which setting is better, and by how much.
 *
 * @module
 */
export * from "./trial.ts";
export * from "./pruners/pruner.ts";
export * from "./pruners/percentile_pruner.ts";
export * from "./pruners/successive_halving_pruner.ts";
