/**
 * For tests only: checks against real recordings and programs outside the project, and pages as a browser sees them.
 *
 * @module
 */
export * from "./peer_check.ts";
