/**
 * One hierarchy of errors, each a sentence that a newcomer understands.
 *
 * @module
 */
export * from "./auscult_error.ts";
export * from "./checked.ts";
