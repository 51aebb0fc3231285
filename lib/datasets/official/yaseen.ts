import { defineDataset, filesBelow, type FoundRows } from "../define_dataset.ts";
import { type DatasetFiles, lonelySubject } from "../files/dataset_files.ts";

const CLASSES = ["normal", "AS", "MR", "MS", "MVP"];

const HOME = "https://github.com/yaseen21khan/Classification-of-Heart-Sound-Signal-Using-Multiple-Features-";

/** Three heart cycles a file, of unknown origin. */
export const yaseen = defineDataset({
  name: "yaseen",
  title: "Classification of Heart Sound Signal Using Multiple Features: the five-class set",
  sound: "heart",
  licence: "none stated by its authors (third parties say CC BY 4.0)",
  citation: "Yaseen, Son GY, Kwon S. Classification of Heart Sound Signal Using Multiple Features. " +
    "Appl Sci 2018;8(12):2344. doi:10.3390/app8122344",
  home: HOME,
  tasks: {
    "disease-5": { classes: CLASSES, about: "Which valve disease is heard?" },
    "normal-abnormal": { classes: ["normal", "abnormal"], about: "Is the heart normal?" },
  },
  subjectKey: "none is known: the recording, or its group of near-duplicates once a scan has been made",
  parts: ["train"],
  traps: [
    "740 of 1,000 files have a near-duplicate (normalised cross-correlation of .95 or more): a look-up of the nearest " +
    "neighbour reaches 98.2 % on a random split and about 80 % when near-duplicates are kept together",
    "the patients and where the recordings come from are unknown",
  ],
  source: {
    files: filesBelow(`${HOME}/raw/master`, ["AS", "MR", "MS", "MVP", "N"].map((of) => `${of}_New_3주기.rar`)),
  },
  read,
});

function read(files: DatasetFiles, task: string): FoundRows {
  const rows = files.recordings.map((recording) => {
    // AS_New/New_AS_001.wav; the archives are called AS_New_3주기.rar, "three cycles"
    const name = recording.match(/(?:^|\/)(N|AS|MR|MS|MVP)_New[^/]*\/[^/]+$|(?:^|\/)New_(N|AS|MR|MS|MVP)_\d+\.[^/]+$/i);
    if (!name) return { path: recording, reason: "lies in none of AS_New, MR_New, MS_New, MVP_New, N_New" };
    const disease = (name[1] ?? name[2]).toUpperCase();
    const label = disease === "N" ? "normal" : task === "disease-5" ? disease : "abnormal";
    return { recording, subject: lonelySubject(recording), label, source: "unknown" };
  });
  const scan = "only a scan for near-duplicates keeps copies of one sound on one side of a split";
  return { rows, warnings: [`no subject is known: ${scan}`] };
}
