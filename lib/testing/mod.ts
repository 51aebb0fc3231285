/**
 * For tests only: checks against real recordings and programs outside the project.
 *
 * @module
 */
export * from "./peer_check.ts";
