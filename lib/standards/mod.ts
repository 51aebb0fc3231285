/**
 * What journals, editors and archives ask of a run, as files: reporting checklists filled from its files, Croissant for its data,
 * RO-Crate for how it came about, CITATION.cff.
 *
 * @module
 */
export { writeChecklists } from "./write_checklists.ts";
export { writeCitation } from "./write_citation.ts";
export { filesBelow, OPEN_LICENCES, writeCrate } from "./write_crate.ts";
export { writeCroissant } from "./write_croissant.ts";
