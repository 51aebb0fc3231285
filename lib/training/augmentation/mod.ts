/**
 * Seeded changes of training windows, each of which a network should not mind.
 *
 * @module
 */
export * from "./augment.ts";
export * from "./augmentation_options.ts";
export * from "./spec_augment.ts";
export * from "./time_shift.ts";
