import type { DatasetDefinition, FoundRows } from "../dataset_definition.ts";
import { type DatasetFiles, lonelySubject } from "../files/dataset_files.ts";
import { healthyFirst } from "./healthy_first.ts";
import type { ManifestRow, PassedOver } from "../manifest.ts";
import { wholeRecordings } from "../files/whole_recordings.ts";

/** The user's own recordings, one folder a class. */
export const folderDataset: DatasetDefinition = {
  info: {
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
  },
  read,
};

async function read(files: DatasetFiles): Promise<FoundRows> {
  const passedOver: PassedOver[] = [];
  const rows = files.recordings.flatMap((recording): Omit<ManifestRow, "start" | "end">[] => {
    const [folder, ...rest] = recording.split("/");
    const label = folder.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
    if (rest.length > 0) {
      return [{ recording, subject: lonelySubject(recording), label, source: "all", part: "train", attributes: {} }];
    }
    passedOver.push({ path: recording, reason: "lies in no class folder" });
    return [];
  });
  const whole = await wholeRecordings(files, rows);
  return {
    rows: whole.rows,
    events: [],
    passedOver: [...passedOver, ...whole.passedOver],
    classes: healthyFirst(whole.rows.map(({ label }) => label)),
    warnings: ["no subject is known: each recording counts as a person of its own, so figures can be too good"],
  };
}
