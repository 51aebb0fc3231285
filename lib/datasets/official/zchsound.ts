import { parseCsv } from "../../files/mod.ts";
import type { DatasetDefinition, FoundRows } from "../dataset_definition.ts";
import { type DatasetFiles, lonelySubject } from "../files/dataset_files.ts";
import type { ManifestRow, PassedOver } from "../manifest.ts";
import { wholeRecordings } from "../files/whole_recordings.ts";

const DIAGNOSES = ["normal", "ASD", "PDA", "PFO", "VSD"];

/** Children's hearts with and without congenital disease. */
export const zchsound: DatasetDefinition = {
  info: {
    name: "zchsound",
    title: "ZCHSound: Open-Source ZJU Paediatric Heart Sound Database With Congenital Heart Disease",
    sound: "heart",
    licence: "the article is CC BY 4.0; the database names no licence of its own",
    citation:
      "Jia W, Wang Y, Chen R, et al. ZCHSound: Open-Source ZJU Paediatric Heart Sound Database With Congenital Heart " +
      "Disease. IEEE Trans Biomed Eng 2024;71(8):2278-2286. doi:10.1109/TBME.2023.3348800",
    home: "https://github.com/WeiJieOvO/ZCHSound-Dataset",
    tasks: {
      "diagnosis-5": {
        classes: DIAGNOSES,
        about: "Which congenital disease: atrial or ventricular septal defect, patent duct or foramen ovale?",
      },
      "normal-abnormal": { classes: ["normal", "abnormal"], about: "Has the child a congenital heart disease?" },
    },
    subjectKey: "the recording: one a child",
    parts: ["train"],
    traps: [
      "clean and noisy recordings lie in two folders, and the share of illness differs between them",
      "the article's split is random, 60 to 40",
    ],
  },
  read,
};

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const passedOver: PassedOver[] = [];
  const rows: Omit<ManifestRow, "start" | "end">[] = [];
  for (const table of files.paths.filter((path) => /(clean|noise)[^/]*\.csv$/i.test(path))) {
    const source = /noise[^/]*\.csv$/i.test(table) ? "noisy" : "clean";
    for (const line of parseCsv(await files.text(table), table, { delimiter: ";" })) {
      const recording = files.recording(line.fileName.trim());
      const diagnosis = DIAGNOSES.find((name) => name.toLowerCase() === line.diagnosis.trim().toLowerCase());
      if (!recording || !diagnosis) {
        const reason = recording
          ? `the diagnosis "${line.diagnosis}" is none of the task's`
          : "there is no .wav or .flac of this name";
        passedOver.push({ path: recording ?? line.fileName, reason });
        continue;
      }
      const label = task === "diagnosis-5" || diagnosis === "normal" ? diagnosis : "abnormal";
      rows.push({
        recording,
        subject: lonelySubject(recording),
        label,
        source,
        part: "train",
        attributes: attributesOf(line, source),
      });
    }
  }
  const named = new Set([...rows.map(({ recording }) => recording), ...passedOver.map(({ path }) => path)]);
  const unnamed = files.recordings.filter((path) => !named.has(path)).map((path) => ({
    path,
    reason: "no table has a label for it",
  }));
  const whole = await wholeRecordings(files, rows);
  return { rows: whole.rows, events: [], passedOver: [...passedOver, ...whole.passedOver, ...unnamed] };
}

function attributesOf(line: Record<string, string>, source: string): ManifestRow["attributes"] {
  const days = Number(line["age(days)"] || NaN);
  const sex = line.gender?.trim().toUpperCase();
  return {
    ...(Number.isFinite(days) ? { age: Number((days / 365.25).toFixed(3)) } : {}),
    ...(sex === "F" || sex === "M" ? { sex: sex === "F" ? "female" : "male" } : {}),
    quality: source === "noisy" ? "poor" : "good",
  };
}
