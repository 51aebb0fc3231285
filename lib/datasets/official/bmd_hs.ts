import { defineDataset, type FoundRows } from "../define_dataset.ts";
import type { CsvRow } from "../../files/mod.ts";
import { ageAndSex, cellOf, isMissing, linesOf } from "../files/cells.ts";
import { type DatasetFiles, stemOf } from "../files/dataset_files.ts";

const DISEASES = ["AS", "AR", "MR", "MS"];

const HOME = "https://github.com/mHealthBuet/BMD-HS-Dataset";

/** Hearts with one or several valve diseases at once. */
export const bmdHs = defineDataset({
  name: "bmd-hs",
  title: "BUET Multi-disease Heart Sound Dataset (BMD-HS)",
  sound: "heart",
  licence: "none stated",
  citation: "Ali SN, Zahin A, Shuvo SB, et al. BUET Multi-disease Heart Sound Dataset: A Comprehensive Auscultation " +
    "Dataset for Developing Computer-Aided Diagnostic Systems. arXiv:2409.00724, 2024",
  home: HOME,
  tasks: {
    "normal-abnormal": { classes: ["normal", "abnormal"], about: "Has the patient any valve disease?" },
    "disease-6": {
      classes: ["normal", ...DISEASES, "several"],
      about: "Which valve disease has the patient, or has he several at once?",
    },
    ...Object.fromEntries(DISEASES.map((disease) => [
      `${disease}-2`,
      { classes: [`no ${disease}`, disease], about: `Has the patient ${disease}, alone or with others?` },
    ])),
  },
  subjectKey: "the patient's number in the file name",
  parts: ["train"],
  traps: [
    "a recording of patient 022 has no label",
    "a patient can have several diseases: the labels are not exclusive",
  ],
  source: { files: [{ url: `${HOME}/archive/refs/heads/main.zip`, path: "main.zip", strip: 1 }] },
  read,
});

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const described = await linesOf(files, "additional_metadata.csv");
  const people = new Map(described.map(({ cells }) => [
    cells.patient_id,
    ageAndSex(cellOf(cells, /^age$/i), cellOf(cells, /^(gender|sex)$/i)),
  ]));
  const rows = (await linesOf(files, "train.csv", { columns: ["patient_id", "N"] })).flatMap(({ cells }) => {
    const label = labelOf(cells, task);
    const names = Object.entries(cells).flatMap(([column, cell]) => /^recording_\d+$/.test(column) ? [cell] : []);
    return names.filter((name) => !isMissing(name)).map((name) => {
      const recording = files.recording(name);
      if (!recording) return { path: name, reason: "there is no .wav or .flac of this name" };
      if (!label) return { path: recording, reason: "its patient has neither N nor a disease" };
      // AR_016_sit_Aor: label, patient, position, site
      const [, number, position, site] = stemOf(recording).match(/(\d{3})_([^_]+)_([^_]+)$/) ?? [];
      const attributes = { ...people.get(cells.patient_id), position, site };
      return { recording, subject: number ?? cells.patient_id, label, source: site ?? "unknown", attributes };
    });
  });
  return { rows, others: "train.csv has no label for it" };
}

function labelOf(cells: CsvRow, task: string): string | undefined {
  const has = DISEASES.filter((disease) => Number(cells[disease]) === 1);
  if (has.length === 0 && Number(cells.N) !== 1) return undefined;
  if (task === "normal-abnormal") return has.length > 0 ? "abnormal" : "normal";
  if (task === "disease-6") return has.length > 1 ? "several" : has[0] ?? "normal";
  const disease = task.split("-")[0];
  return has.includes(disease) ? disease : `no ${disease}`;
}
