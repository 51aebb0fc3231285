import { basename } from "node:path";
import { parseCsv } from "../../files/mod.ts";
import type { DatasetDefinition, FoundRows } from "../dataset_definition.ts";
import { type DatasetFiles, stemOf } from "../files/dataset_files.ts";
import { isMissing } from "../files/is_missing.ts";
import type { ManifestRow, PassedOver } from "../manifest.ts";
import { wholeRecordings } from "../files/whole_recordings.ts";

const DISEASES = ["AS", "AR", "MR", "MS"];

/** Hearts with one or several valve diseases at once. */
export const bmdHs: DatasetDefinition = {
  info: {
    name: "bmd-hs",
    title: "BUET Multi-disease Heart Sound Dataset (BMD-HS)",
    sound: "heart",
    licence: "none stated",
    citation:
      "Ali SN, Zahin A, Shuvo SB, et al. BUET Multi-disease Heart Sound Dataset: A Comprehensive Auscultation " +
      "Dataset for Developing Computer-Aided Diagnostic Systems. arXiv:2409.00724, 2024",
    home: "https://github.com/mHealthBuet/BMD-HS-Dataset",
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
  },
  read,
};

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const passedOver: PassedOver[] = [];
  const table = files.paths.find((path) => basename(path) === "train.csv");
  const lines = table === undefined ? [] : parseCsv(await files.text(table), table);
  const people = await demography(files);
  const rows: Omit<ManifestRow, "start" | "end">[] = [];
  for (const line of lines) {
    const label = labelOf(line, task);
    const names = Object.keys(line).filter((name) => /^recording_\d+$/.test(name)).map((name) => line[name].trim());
    for (const name of names.filter((name) => !isMissing(name))) {
      const recording = files.recording(name);
      if (!recording || !label) {
        const reason = recording ? "its patient has neither N nor a disease" : "there is no .wav or .flac of this name";
        passedOver.push({ path: recording ?? name, reason });
        continue;
      }
      // AR_016_sit_Aor: label, patient, position, site
      const [, number, position, site] = stemOf(recording).match(/(\d{3})_([^_]+)_([^_]+)$/) ?? [];
      const attributes = { ...people.get(line.patient_id), ...(site ? { position, site } : {}) };
      rows.push({
        recording,
        subject: number ?? line.patient_id,
        label,
        source: site ?? "unknown",
        part: "train",
        attributes,
      });
    }
  }
  const named = new Set([...rows.map(({ recording }) => recording), ...passedOver.map(({ path }) => path)]);
  const unnamed = files.recordings.filter((path) => !named.has(path)).map((path) => ({
    path,
    reason: "train.csv has no label for it",
  }));
  const whole = await wholeRecordings(files, rows);
  return { rows: whole.rows, events: [], passedOver: [...passedOver, ...whole.passedOver, ...unnamed] };
}

function labelOf(line: Record<string, string>, task: string): string | undefined {
  const has = DISEASES.filter((disease) => Number(line[disease]) === 1);
  if (has.length === 0 && Number(line.N) !== 1) return undefined;
  if (task === "normal-abnormal") return has.length > 0 ? "abnormal" : "normal";
  if (task === "disease-6") return has.length > 1 ? "several" : has[0] ?? "normal";
  const disease = task.split("-")[0];
  return has.includes(disease) ? disease : `no ${disease}`;
}

/** Age and sex by patient from `additional_metadata.csv`. */
async function demography(files: DatasetFiles): Promise<Map<string, ManifestRow["attributes"]>> {
  const path = files.paths.find((path) => basename(path) === "additional_metadata.csv");
  if (path === undefined) return new Map();
  return new Map(
    parseCsv(await files.text(path), path).map((row) => {
      const value = (name: RegExp) => row[Object.keys(row).find((column) => name.test(column)) ?? ""] ?? "";
      const age = Number(value(/^age$/i) || NaN);
      const sex = value(/^(gender|sex)$/i).toLowerCase();
      return [row.patient_id, {
        ...(Number.isFinite(age) ? { age } : {}),
        ...(/^[mf]/.test(sex) ? { sex: sex.startsWith("f") ? "female" : "male" } : {}),
      }];
    }),
  );
}
