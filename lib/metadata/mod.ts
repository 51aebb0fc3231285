/**
 * What is known beside the sound, as numbers that a network or a floor can learn from.
 *
 * @module
 */
export { farMetadata, unknownMetadata } from "./doubtful_metadata.ts";
export { fitMetadata } from "./fit_metadata.ts";
export { type MetadataColumn, metadataColumn, metadataValues } from "./metadata_values.ts";
