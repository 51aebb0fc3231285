/** One labelled segment of a recording: what is trained on and judged. */
export interface ManifestRow {
  /** Path of the recording below {@linkcode Manifest.folder}, with `/`, as it is on disk. */
  recording: string;
  /** The group that must never be split: the patient, or what the dataset allows to say of it. */
  subject: string;
  /** Which of several examinations of the subject it is of: each is judged by itself where scores count by subject. */
  visit?: string;
  /** Seconds. */
  start: number;
  /** Seconds; the end of the recording where the whole of it is meant. */
  end: number;
  /** One of {@linkcode Manifest.classes}. */
  label: string;
  /** Sub-database, device or site: what a score is also averaged over. */
  source: string;
  /** Official part: `"train"`, `"inter"`, `"intra"`, `"test"`. */
  part: string;
  /** The dataset's label, where listeners decided on {@linkcode ManifestRow.label}. */
  given?: string;
  /** What is trained on in place of one class: the shares of listeners' votes, one a class. */
  shares?: number[];
  /** What else is known, by column name: `age`, `sex`, `site`, `device`, `quality`. */
  attributes: Record<string, string | number>;
}

/** An annotated event inside a recording, for pictures and segmentation. */
export interface AnnotatedEvent {
  recording: string;
  /** Seconds. */
  start: number;
  /** Seconds. */
  end: number;
  label: string;
}

/** A file or row that a loader did not take, and why. */
export interface PassedOver {
  path: string;
  reason: string;
  /** Set where it has a label that can't be right. */
  mislabelled?: true;
}

/** A dataset seen through one task. */
export interface Manifest {
  /** Name in the catalogue: `"sprsound"`. */
  dataset: string;
  /** What the labels mean: `"events-7"`. */
  task: string;
  /** The folder that the recordings lie in. */
  folder: string;
  /** In the order of the probabilities; the first is the healthy one. */
  classes: string[];
  rows: ManifestRow[];
  events: AnnotatedEvent[];
  /** What is heard at each moment, of a dataset that says so (`S1`, `systole`, …): what none covers isn't annotated. */
  states?: AnnotatedEvent[];
  passedOver: PassedOver[];
  /** Official parts that the folder doesn't hold: `["inter", "intra"]`. */
  absentParts?: string[];
  /** What a reader of any figure from these rows should know: `"no subject is known"`. */
  warnings?: string[];
}
