/**
 * Datasets: folders as their makers deliver them become manifests; and a made-up set that needs no download.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { datasetInfo } from "./mod.ts";
 * expect(datasetInfo("sprsound").tasks["events-2"].classes).toEqual(["Normal", "Adventitious"]);
 * ```
 *
 * @module
 */
export * from "./manifest.ts";
export { datasetOptions, datasets, defineDataset } from "./define_dataset.ts";
export type { DatasetInfo, FoundRow, FoundRows, JoinedDataset, LabelOptions } from "./define_dataset.ts";
export { type DatasetFiles, lonelySubject, stemOf } from "./files/dataset_files.ts";
export { recordingDuration } from "./recording_duration.ts";
export { ageAndSex, cellOf, isMissing, linesOf } from "./files/cells.ts";
export { attributeName, headerKey } from "./files/headers.ts";
export { attributesOf, numberOf, secondsOf } from "./files/manifest_csv.ts";
export { locateRecordings } from "./files/locate_recordings.ts";
export { columnNamed, type ColumnNames, columnNames, columnRoles } from "./files/column_roles.ts";
export { joinSpellings, partName, spellingKey } from "./files/spellings.ts";
export { type AskedDataset, datasetInfo, datasetNames, isOwnData } from "./catalogue.ts";
export * from "./load_dataset.ts";
export { datasetRights } from "./join_datasets.ts";
export * from "./check_dataset.ts";
export * from "./cut_to_recordings.ts";
export * from "./frame_labels.ts";
export * from "./check/suspicions.ts";
export * from "./own/healthy_first.ts";
export * from "./fetch_dataset.ts";
export { unpackArchive } from "./fetch/unpack_archive.ts";
export * from "./list_datasets.ts";
export * from "./find_near_duplicates.ts";
export { joinNearDuplicates } from "./near_duplicates/near_duplicate_groups.ts";
export * from "./scan_dataset.ts";
export * from "./generate_synthetic.ts";
export type { SyntheticSettings } from "./synthetic/synthetic_dataset.ts";
