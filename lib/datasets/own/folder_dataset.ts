import { defineDataset, type FoundRows } from "../define_dataset.ts";
import { type DatasetFiles, lonelySubject } from "../files/dataset_files.ts";
import { joinSpellings, partName } from "../files/spellings.ts";
import { spelledApart } from "./clean_rows.ts";
import { healthyFirst, openPositive } from "./healthy_first.ts";

/** The user's own recordings, one folder a class. */
export const folderDataset = defineDataset({
  name: "folders",
  title: "your own recordings, one folder a class: normal/a.wav, murmur/b.wav, … (or train/normal/a.wav, …)",
  sound: "both",
  licence: "yours to give",
  citation: "Your own recordings",
  home: "the path of the folder",
  tasks: {
    labels: {
      classes: [],
      about: "The names of the folders; a healthy one (normal, healthy, control, …) comes first.",
    },
  },
  subjectKey: "none is known: each recording is a subject of its own, or its group of near-duplicates once scanned",
  parts: [],
  traps: ["recordings of one person can stand on both sides of a split: name the subjects in a CSV file instead"],
  read,
});

/** Folders above those of the classes, by what {@linkcode partName} makes of their names. */
const PART = /^(train|test|val|valid|validation|dev|eval)$/;

function read(files: DatasetFiles): FoundRows {
  const divided = isDivided(files.recordings);
  const found = files.recordings.map((recording) => {
    const [folder, ...rest] = recording.split("/").slice(divided ? 1 : 0);
    return { recording, label: rest.length > 0 ? folder.replaceAll(/[\p{Cc}\s]+/gu, " ").trim() : undefined };
  });
  const { of, joined } = joinSpellings(found.flatMap(({ label }) => label ?? []));
  const rows = found.flatMap(({ recording, label }) => {
    const part = divided ? { part: partName(recording.split("/")[0]) } : {};
    return label === undefined ? [] : [{ recording, subject: lonelySubject(recording), label: of(label), ...part }];
  });
  const loose = found.flatMap(({ recording, label }) =>
    label === undefined ? [{ path: recording, reason: "lies in no class folder" }] : []
  );
  const classes = healthyFirst(rows.map(({ label }) => label));
  const parts = [...new Set(rows.flatMap(({ part }) => part ?? []))].sort();
  return {
    rows: [...rows, ...loose],
    classes,
    warnings: [
      "no subject is known: each recording counts as a person of its own, so figures can be too good",
      ...parts.length > 0 ? [`the folders are parts with class folders in them: ${parts.join(", ")}`] : [],
      ...joined.length > 0 ? [spelledApart("classes", joined)] : [],
      ...openPositive(classes),
    ],
  };
}

/** Whether all recordings lie as `train/normal/a.wav` and `test/murmur/b.wav` do. */
function isDivided(recordings: readonly string[]): boolean {
  return recordings.length > 0 && recordings.every((recording) => {
    const [folder, ...rest] = recording.split("/");
    return rest.length > 1 && PART.test(partName(folder));
  });
}
