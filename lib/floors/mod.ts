/**
 * What needs no network: models of less than the sound, which a network has to beat, and what they give away of leaks
 * and shortcuts.
 *
 * @module
 */
export { type FloorDifferences, floorDifferences } from "./floor_differences.ts";
export { type FloorAnswers, type RowFeatures, standardiseRows } from "./floor_model.ts";
export { leakageWarnings } from "./leakage_warnings.ts";
export { fitLinear, linearFloor, linearModel } from "./linear_floor.ts";
export { metadataFloor } from "./linear_floor.ts";
export { nearestFloor } from "./nearest_floor.ts";
export { shortcutFloor } from "./shortcut_floor.ts";
export { tellSource } from "./tell_source.ts";
