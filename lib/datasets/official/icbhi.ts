import { basename } from "node:path";
import { defineDataset, filesBelow, type FoundRow, type FoundRows } from "../define_dataset.ts";
import { ageAndSex } from "../files/cells.ts";
import { type DatasetFiles, eachOf, stemOf } from "../files/dataset_files.ts";
import type { PassedOver } from "../manifest.ts";

const CYCLES = ["Normal", "Crackle", "Wheeze", "Both"];
const DIAGNOSES = ["Healthy", "COPD", "URTI", "Bronchiectasis", "Bronchiolitis", "Pneumonia"];
const CHRONIC = ["COPD", "Bronchiectasis", "Asthma"];
const ACUTE = ["URTI", "LRTI", "Bronchiolitis", "Pneumonia"];

/** Lungs of patients of all ages, annotated breath by breath. */
export const icbhi = defineDataset({
  name: "icbhi",
  title: "ICBHI 2017 Challenge: Respiratory Sound Database",
  sound: "lung",
  licence: "free for research; no licence is named",
  citation: "Rocha BM, Filos D, Mendes L, et al. An open access database for the evaluation of respiratory sound " +
    "classification algorithms. Physiol Meas 2019;40(3):035001. doi:10.1088/1361-6579/ab03ea",
  home: "https://bhichallenge.med.auth.gr/ICBHI_2017_Challenge",
  tasks: {
    "cycles-4": { classes: CYCLES, about: "Does a breath hold crackles, wheezes, both or neither?" },
    "cycles-2": { classes: ["Normal", "Abnormal"], about: "Does a breath hold crackles or wheezes?" },
    "diagnosis-2": { classes: ["Healthy", "Ill"], about: "Is the patient of a recording ill?" },
    "diagnosis-3": { classes: ["Healthy", "Acute", "Chronic"], about: "Is the patient's illness acute or chronic?" },
    "diagnosis-6": { classes: DIAGNOSES, about: "Which diagnosis? LRTI (two patients) and asthma (one) are left out." },
  },
  subjectKey: "first three digits of the file name",
  parts: ["train", "test"],
  traps: [
    "patients 156 and 218 are on both sides of the official split",
    "three sampling rates (4, 10, 44.1 kHz) and two depths (16, 24 bit) go with the stethoscopes, and these with the labels",
    "64 of 126 patients have COPD, and most recordings are theirs",
  ],
  source: {
    files: filesBelow("https://bhichallenge.med.auth.gr/sites/default/files/ICBHI_final_database", [
      ...["ICBHI_final_database.zip", "ICBHI_challenge_train_test.txt", "ICBHI_Challenge_diagnosis.txt"],
      "ICBHI_Challenge_demographic_information.txt",
    ]),
  },
  read,
  async quirks(files) {
    const divided = [...await table(files, SPLIT)].filter(([, [part]]) => part);
    const sides = [...Map.groupBy(divided, ([recording]) => recording.slice(0, 3))];
    const both = sides.filter(([, own]) => new Set(own.map(([, [part]]) => part)).size > 1).map(([patient]) => patient);
    return both.length > 0 ? [`the official split has these patients on both sides: ${both.join(", ")}`] : [];
  },
});

const SPLIT = /train_test\.txt$/i;

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const diagnoses = task.startsWith("cycles") ? undefined : await table(files, /diagnosis\.(txt|csv)$/i);
  const described = await describedRecordings(files);
  const found = await eachOf(described, async (entry) => {
    if ("reason" in entry) return { rows: [entry], events: [] };
    const { annotation, ...row } = entry;
    const { recording } = row;
    const { cycles, bad } = parseCycles(await files.text(annotation));
    const wrong = bad.map((reason): PassedOver => ({ path: annotation, reason, mislabelled: true }));
    const rows = diagnoses
      ? [diagnosisRow(row, diagnoses.get(row.subject)?.[0] ?? "", task)]
      : cycles.length === 0
      ? [{ path: recording, reason: "no breath of it is annotated" }]
      : cycles.map((cycle) => ({
        ...{ ...row, ...cycle },
        label: task === "cycles-4" || cycle.label === "Normal" ? cycle.label : "Abnormal",
      }));
    return { rows: [...wrong, ...rows], events: cycles.map((cycle) => ({ recording, ...cycle })) };
  });
  return { rows: found.flatMap(({ rows }) => rows), events: found.flatMap(({ events }) => events) };
}

function diagnosisRow(row: Omit<FoundRow, "label">, diagnosis: string, task: string): FoundRow | PassedOver {
  const path = row.recording, label = diagnosisLabel(diagnosis, task);
  if (!diagnosis) return { path, reason: "its patient has no diagnosis" };
  return label ? { ...row, label } : { path, reason: `the diagnosis ${diagnosis} is none of the task's` };
}

function diagnosisLabel(diagnosis: string, task: string): string | undefined {
  if (task === "diagnosis-6") return DIAGNOSES.find((label) => label === diagnosis);
  if (diagnosis === "Healthy") return diagnosis;
  if (task === "diagnosis-2") return "Ill";
  return CHRONIC.includes(diagnosis) ? "Chronic" : ACUTE.includes(diagnosis) ? "Acute" : undefined;
}

/** Joins recordings with their annotations, the official split and the demography. */
async function describedRecordings(files: DatasetFiles) {
  const parts = await table(files, SPLIT);
  const people = await table(files, /demographic_information\.txt$/i);
  const texts = files.paths.filter((path) => path.endsWith(".txt"));
  const annotations = new Map(texts.map((path) => [basename(path, ".txt"), path]));
  return files.recordings.map((recording): Omit<FoundRow, "label"> & { annotation: string } | PassedOver => {
    const stem = stemOf(recording), annotation = annotations.get(stem);
    const part = parts.size > 0 ? parts.get(stem)?.[0] : "train";
    const skip = (reason: string) => ({ path: recording, reason });
    if (!/^\d{3}_/.test(stem)) return skip("isn't named patient_index_site_mode_device");
    if (!annotation) return skip("there is no .txt of this name");
    if (part === undefined) return skip("isn't in the list of the official split");
    const [subject, , site, mode, device] = stem.split("_");
    const [age, sex] = people.get(subject) ?? [];
    const attributes = { ...ageAndSex(age, sex), site, mode, device };
    return { recording, annotation, subject, source: device, part, attributes };
  });
}

/** Rows start, end (seconds), crackle, wheeze (0 or 1); any other line is told, not guessed. */
function parseCycles(text: string) {
  const cycles: { start: number; end: number; label: string }[] = [];
  const bad: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [start, end, crackle, wheeze] = line.trim().split(/\s+/).map(Number);
    const flagged = [crackle, wheeze].every((flag) => flag === 0 || flag === 1);
    if (flagged && start >= 0 && end > start && end < Infinity) {
      cycles.push({ start, end, label: CYCLES[crackle + 2 * wheeze] });
    } else {
      bad.push(`line ${index + 1} isn't "start end crackle wheeze" in seconds and flags of 0 or 1: "${line.trim()}"`);
    }
  }
  return { cycles, bad };
}

/** A table without a header: the first field names the row. */
async function table(files: DatasetFiles, name: RegExp): Promise<Map<string, string[]>> {
  const path = files.paths.find((path) => name.test(path));
  if (path === undefined) return new Map();
  const lines = (await files.text(path)).split(/\r?\n/).map((line) => line.trim().split(/[\s,]+/));
  return new Map(lines.map(([key, ...fields]) => [key, fields]));
}
