/**
 * What is known beside the sound, as numbers that a network or a floor can learn from.
 *
 * @module
 */
export { farMetadata } from "./far_metadata.ts";
export { fitMetadata } from "./fit_metadata.ts";
export { type MetadataColumn, metadataColumn, metadataValues } from "./metadata_values.ts";
export { unknownMetadata } from "./unknown_metadata.ts";
