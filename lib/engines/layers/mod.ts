/**
 * The project's own layers, which stand in the room of models: engines may be asked for them here too.
 *
 * @module
 */
export * from "../../models/layers/mod.ts";
