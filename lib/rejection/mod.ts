/**
 * What a model can't judge, and should say so: recordings unlike those that it was trained on, or too poor.
 *
 * @module
 */
export { bodySound } from "./body_sound.ts";
export { fitNeighbours, type TrainingSound } from "./fit_neighbours.ts";
export { fitQualityLimits, type QualityLimits, qualityLimits } from "./quality_limits.ts";
export { descriptorSize, soundDescriptor } from "./sound_descriptor.ts";
export { neighbourhood, type TrainingNeighbours, trainingNeighbours } from "./training_neighbours.ts";
