import type { FoundRows } from "../dataset_definition.ts";
import { defineDataset } from "../define_dataset.ts";
import { type DatasetFiles, lonelySubject } from "../files/dataset_files.ts";
import { healthyFirst, openPositive } from "./healthy_first.ts";

/** The user's own recordings, one folder a class. */
export const folderDataset = defineDataset({
  name: "folders",
  title: "your own recordings, one folder a class: normal/a.wav, murmur/b.wav, …",
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

function read(files: DatasetFiles): FoundRows {
  const rows = files.recordings.map((recording) => {
    const [folder, ...rest] = recording.split("/");
    const label = folder.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
    return rest.length > 0
      ? { recording, subject: lonelySubject(recording), label }
      : { path: recording, reason: "lies in no class folder" };
  });
  const classes = healthyFirst(rows.flatMap(({ label }) => label ?? []));
  return {
    rows,
    classes,
    warnings: [
      "no subject is known: each recording counts as a person of its own, so figures can be too good",
      ...openPositive(classes),
    ],
  };
}
