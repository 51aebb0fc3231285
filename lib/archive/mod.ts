/**
 * Runs as one file that others can train again: {@linkcode archiveRuns} packs them, {@linkcode reproduceArchive} trains them
 * again and says number by number what agrees, and in what the two were made differently.
 *
 * @module
 */
export * from "./archive_runs.ts";
export * from "./compare_reproduction.ts";
export * from "./reproduce_archive.ts";
