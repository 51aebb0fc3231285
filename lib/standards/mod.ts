/**
 * What journals, editors and archives ask of a run, as files: reporting checklists filled from its files, Croissant for its data,
 * RO-Crate for how it came about, CITATION.cff.
 *
 * @module
 */
export { filesBelow } from "./files_below.ts";
export { OPEN_LICENCES } from "./licences.ts";
export { writeChecklists } from "./write_checklists.ts";
export { writeCitation } from "./write_citation.ts";
export { writeCrate } from "./write_crate.ts";
export { writeCroissant } from "./write_croissant.ts";
