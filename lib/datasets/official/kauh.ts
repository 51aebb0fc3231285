import { hashBytes } from "../../files/mod.ts";
import { defineDataset, type FoundRows } from "../define_dataset.ts";
import { ageAndSex } from "../files/cells.ts";
import { type DatasetFiles, stemOf } from "../files/dataset_files.ts";

const DIAGNOSES: Record<string, string> = {
  ...{ "n": "normal", "asthma": "asthma", "copd": "COPD", "bron": "bronchitis", "heart failure": "heart failure" },
  "lung fibrosis": "lung fibrosis",
  ...{ "plueral effusion": "pleural effusion", "pleural effusion": "pleural effusion", "pneumonia": "pneumonia" },
};

const SOUNDS: Record<string, string> = {
  ...{ "N": "normal", "E W": "wheeze", "I E W": "wheeze", "I C E W": "both" },
  ...{ "C": "crackle", "Crep": "crackle", "I C": "crackle", "I C B": "crackle" },
};

/** The diagnoses that at least nine of the 112 patients have. */
const COMMON = ["normal", "asthma", "heart failure", "COPD"];

/** Adults' lungs through three filters of one stethoscope, with diagnoses. */
export const kauh = defineDataset({
  name: "kauh",
  title: "King Abdullah University Hospital: lung sounds recorded from the chest wall using an electronic stethoscope",
  sound: "lung",
  licence: "CC BY 4.0",
  citation:
    "Fraiwan M, Fraiwan L, Khassawneh B, Ibnian A. A dataset of lung sounds recorded from the chest wall using " +
    "an electronic stethoscope. Data Brief 2021;35:106913. doi:10.1016/j.dib.2021.106913",
  home: "https://data.mendeley.com/datasets/jwyy9np4gv/3",
  tasks: {
    "diagnosis-2": { classes: ["normal", "ill"], about: "Is the patient ill?" },
    "diagnosis-4": { classes: COMMON, about: "Which of the diagnoses that at least nine patients have, and no other?" },
    "diagnosis-8": {
      classes: [...new Set(Object.values(DIAGNOSES))],
      about: "Which diagnosis? Patients with two at once are left out; some classes hold two to five patients.",
    },
    "sounds-4": { classes: ["normal", "crackle", "wheeze", "both"], about: "Which sound does the annotator hear?" },
  },
  subjectKey: "the number after BP, DP or EP",
  parts: ["train"],
  traps: [
    "three filters (BP bell, DP diaphragm, EP extended) of the same breath: 336 files, 112 patients",
    "BP100 = BP101, DP100 = DP101 and EP76 = EP77 are the same audio under different names; in each pair one label " +
    "must be wrong, so both files are passed over, and the patients are kept together",
    "BP9 = DP9: two filters of one patient hold the same audio",
    "file names hold commas and spaces; labels differ in case (Asthma, asthma) and one is misspelled (Plueral Effusion)",
  ],
  source: {
    files: [{ url: "https://data.mendeley.com/public-api/zip/jwyy9np4gv/download/3", path: "kauh.zip" }],
    inner: { "Audio Files.zip": "8093b608584c631b016086e1f2df38f89db5eae0234a42fe9ab5cdaac7121d7c" },
  },
  read,
});

const FILTERS: Record<string, string> = { B: "bell", D: "diaphragm", E: "extended" };

const SAME: Record<string, string> = { "101": "100", "77": "76" }; // patients who share a file: see the traps
const SAME_FILES = [["BP100", "BP101"], ["DP100", "DP101"], ["EP76", "EP77"]];

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const copies = await copiedFiles(files);
  const rows = files.recordings.map((recording) => {
    const name = stemOf(recording).match(/^([BDE])P(\d+)_(.*)$/);
    const [diagnosis, sound, site, age, sex] = name?.[3].split(",").map((field) => field.trim()) ?? [];
    if (!name || sex === undefined) {
      return { path: recording, reason: "isn't named {BP,DP,EP}n_diagnosis,sound,site,age,sex" };
    }
    if (copies.has(recording)) {
      const reason = `is the same file as ${copies.get(recording)} under another label`;
      return { path: recording, reason, mislabelled: true as const };
    }
    const label = labelOf({ diagnosis, sound }, task), said = task === "sounds-4" ? sound : diagnosis;
    if (!label) return { path: recording, reason: `the label "${said}" is none of the task's` };
    const attributes = { ...ageAndSex(age, sex), site: site.replaceAll(" ", "") };
    return { recording, subject: SAME[name[2]] ?? name[2], label, source: FILTERS[name[1]], attributes };
  });
  return { rows };
}

function labelOf({ diagnosis, sound }: { diagnosis: string; sound: string }, task: string): string | undefined {
  if (task === "sounds-4") return SOUNDS[sound];
  const normalised = diagnosis.toLowerCase();
  if (task === "diagnosis-2") return normalised === "n" ? "normal" : "ill";
  const label = DIAGNOSES[normalised];
  return task === "diagnosis-8" || COMMON.includes(label) ? label : undefined;
}

/** The files of the known pairs that are byte for byte the same here, each with its twin. */
async function copiedFiles(files: DatasetFiles): Promise<Map<string, string>> {
  const copies = new Map<string, string>();
  for (const names of SAME_FILES) {
    const pair = names.map((name) => files.recordings.find((path) => stemOf(path).startsWith(`${name}_`)));
    if (pair[0] === undefined || pair[1] === undefined) continue;
    const [first, second] = await Promise.all(pair.map((path) => Deno.readFile(`${files.folder}/${path}`)));
    if (hashBytes(first) !== hashBytes(second)) continue;
    copies.set(pair[0], names[1]).set(pair[1], names[0]);
  }
  return copies;
}
