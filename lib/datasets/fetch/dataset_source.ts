/** A file on a server. */
export interface SourceFile {
  url: string;
  /** Where it goes below the dataset's folder; an archive is unpacked into that folder, and then deleted. */
  path: string;
  /** Where it is known beforehand. */
  sha256?: string;
  /** Leading folders of an archive's names to leave away. @default {0} */
  strip?: number;
  /** Set where the dataset can be used without it, if worse. */
  optional?: true;
}

/** Where a dataset is to be had. */
export interface DatasetSource {
  files: readonly SourceFile[];
  /** A list of SHA-256 sums of the files, and of what is in the archives, relative to its own address. */
  checksums?: string;
  /** SHA-256 sums of archives inside archives, by their file names. */
  inner?: Record<string, string>;
}

/** Files of these names below one address. */
export function filesBelow(address: string, names: readonly string[]): SourceFile[] {
  return names.map((path) => ({ url: `${address}/${encodeURIComponent(path)}`, path }));
}
