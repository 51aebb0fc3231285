import { basename } from "node:path";
import type { DatasetDefinition, FoundRows } from "../dataset_definition.ts";
import { type DatasetFiles, stemOf } from "../files/dataset_files.ts";
import { eachOf } from "../files/each_of.ts";
import { isMissing } from "../files/is_missing.ts";
import type { AnnotatedEvent, ManifestRow, PassedOver } from "../manifest.ts";
import { wholeRecordings } from "../files/whole_recordings.ts";

const CYCLES = ["Normal", "Crackle", "Wheeze", "Both"];
const CHRONIC = ["COPD", "Bronchiectasis", "Asthma"];
const ACUTE = ["URTI", "LRTI", "Bronchiolitis", "Pneumonia"];

/** Lungs of patients of all ages, annotated breath by breath. */
export const icbhi: DatasetDefinition = {
  info: {
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
      "diagnosis-6": {
        classes: ["Healthy", "COPD", "URTI", "Bronchiectasis", "Bronchiolitis", "Pneumonia"],
        about: "Which diagnosis? LRTI (two patients) and asthma (one) are left out.",
      },
    },
    subjectKey: "first three digits of the file name",
    parts: ["train", "test"],
    traps: [
      "patients 156 and 218 are on both sides of the official split",
      "three sampling rates (4, 10, 44.1 kHz) and two depths (16, 24 bit) go with the stethoscopes, and these with the labels",
      "64 of 126 patients have COPD, and most recordings are theirs",
    ],
  },
  read,
  async quirks(files) {
    const sides = new Map<string, Set<string>>();
    for (const [recording, [part]] of await table(files, SPLIT)) {
      const patient = recording.slice(0, 3);
      if (part) sides.set(patient, (sides.get(patient) ?? new Set()).add(part));
    }
    const both = [...sides].filter(([, parts]) => parts.size > 1).map(([patient]) => patient);
    return both.length > 0 ? [`the official split has these patients on both sides: ${both.join(", ")}`] : [];
  },
};

const SPLIT = /train_test\.txt$/i;

/** What is known of a recording before its task. */
interface Described {
  recording: string;
  annotation: string;
  row: Omit<ManifestRow, "start" | "end" | "label">;
}

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const passedOver: PassedOver[] = [];
  const described = await describedRecordings(files, passedOver);
  const cycles = await eachOf(described, async ({ annotation, recording }) => {
    const { cycles, bad } = parseCycles(await files.text(annotation));
    for (const reason of bad) passedOver.push({ path: annotation, reason, mislabelled: true });
    return { recording, cycles };
  });
  const events = cycles.flatMap(({ recording, cycles }) =>
    cycles.map((cycle): AnnotatedEvent => ({ recording, ...cycle }))
  );
  if (!task.startsWith("cycles")) {
    const { rows, passedOver: unread } = await diagnosisRows(files, described, task);
    return { rows, events, passedOver: [...passedOver, ...unread] };
  }
  const rows = described.flatMap(({ recording, row }, i) => {
    if (cycles[i].cycles.length === 0) passedOver.push({ path: recording, reason: "no breath of it is annotated" });
    return cycles[i].cycles.map((cycle): ManifestRow => ({
      ...row,
      ...cycle,
      label: task === "cycles-4" || cycle.label === "Normal" ? cycle.label : "Abnormal",
    }));
  });
  return { rows, events, passedOver };
}

async function diagnosisRows(files: DatasetFiles, described: readonly Described[], task: string) {
  const diagnoses = await table(files, /diagnosis\.(txt|csv)$/i);
  const passedOver: PassedOver[] = [];
  const labelled = described.flatMap(({ recording, row }) => {
    const diagnosis = diagnoses.get(row.subject)?.[0];
    const label = diagnosis && diagnosisLabel(diagnosis, task);
    if (label) return [{ ...row, label }];
    const reason = diagnosis ? `the diagnosis ${diagnosis} is none of the task's` : "its patient has no diagnosis";
    passedOver.push({ path: recording, reason });
    return [];
  });
  const whole = await wholeRecordings(files, labelled);
  return { rows: whole.rows, passedOver: [...passedOver, ...whole.passedOver] };
}

function diagnosisLabel(diagnosis: string, task: string): string | undefined {
  if (task === "diagnosis-6") return icbhi.info.tasks[task].classes.find((label) => label === diagnosis);
  if (diagnosis === "Healthy") return diagnosis;
  if (task === "diagnosis-2") return "Ill";
  return CHRONIC.includes(diagnosis) ? "Chronic" : ACUTE.includes(diagnosis) ? "Acute" : undefined;
}

/** Joins recordings with their annotations, the official split and the demography. */
async function describedRecordings(files: DatasetFiles, passedOver: PassedOver[]): Promise<Described[]> {
  const parts = await table(files, SPLIT);
  const people = await table(files, /demographic_information\.txt$/i);
  const annotations = new Map(
    files.paths.filter((path) => path.endsWith(".txt")).map((path) => [basename(path, ".txt"), path]),
  );
  return files.recordings.flatMap((recording) => {
    const stem = stemOf(recording);
    const annotation = annotations.get(stem);
    const part = parts.size > 0 ? parts.get(stem)?.[0] : "train";
    const reason = !/^\d{3}_/.test(stem)
      ? "isn't named patient_index_site_mode_device"
      : !annotation
      ? "there is no .txt of this name"
      : part === undefined
      ? "isn't in the list of the official split"
      : undefined;
    if (reason !== undefined || annotation === undefined || part === undefined) {
      passedOver.push({ path: recording, reason: reason ?? "" });
      return [];
    }
    const [subject, , site, mode, device] = stem.split("_");
    const [age, sex] = people.get(subject) ?? [];
    const attributes = {
      ...(!isMissing(age) && Number.isFinite(Number(age)) ? { age: Number(age) } : {}),
      ...(sex === "F" || sex === "M" ? { sex: sex === "F" ? "female" : "male" } : {}),
      ...{ site, mode, device },
    };
    return [{ recording, annotation, row: { recording, subject, source: device, part, attributes } }];
  });
}

/** Rows start, end (seconds), crackle, wheeze (0 or 1); any other line is told, not guessed. */
function parseCycles(text: string) {
  const cycles: { start: number; end: number; label: string }[] = [];
  const bad: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [start, end, crackle, wheeze] = line.trim().split(/\s+/).map(Number);
    const label = [crackle, wheeze].every((flag) => flag === 0 || flag === 1)
      ? CYCLES[crackle + 2 * wheeze]
      : undefined;
    if (label !== undefined && start >= 0 && end > start && end < Infinity) cycles.push({ start, end, label });
    else {bad.push(
        `line ${index + 1} isn't "start end crackle wheeze" in seconds and flags of 0 or 1: "${line.trim()}"`,
      );}
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
