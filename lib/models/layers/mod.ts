/**
 * Layers that tfjs lacks. They are made of tfjs operations, so that its engines run them; `ort` has rules of its own for
 * them. Importing this module also registers them, so that saved models that hold them can be loaded.
 *
 * @module
 */
export * from "./multi_head_attention.ts";
export * from "./position_embedding.ts";
