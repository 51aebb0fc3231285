import { defineDataset, type FoundRows } from "../define_dataset.ts";
import { ageAndSex, linesOf } from "../files/cells.ts";
import { type DatasetFiles, lonelySubject } from "../files/dataset_files.ts";

const DIAGNOSES = ["normal", "ASD", "PDA", "PFO", "VSD"];

const HOME = "https://github.com/WeiJieOvO/ZCHSound-Dataset";

/** Children's hearts with and without congenital disease. */
export const zchsound = defineDataset({
  name: "zchsound",
  title: "ZCHSound: Open-Source ZJU Paediatric Heart Sound Database With Congenital Heart Disease",
  sound: "heart",
  licence: "the article is CC BY 4.0; the database names no licence of its own",
  citation:
    "Jia W, Wang Y, Chen R, et al. ZCHSound: Open-Source ZJU Paediatric Heart Sound Database With Congenital Heart " +
    "Disease. IEEE Trans Biomed Eng 2024;71(8):2278-2286. doi:10.1109/TBME.2023.3348800",
  home: HOME,
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
  source: { files: [{ url: `${HOME}/raw/main/ZCHSound.zip`, path: "ZCHSound.zip" }] },
  read,
});

async function read(files: DatasetFiles, task: string): Promise<FoundRows> {
  const format = { delimiter: ";", columns: ["fileName", "diagnosis"] };
  const rows = (await linesOf(files, /(clean|noise)[^/]*\.csv$/i, format)).map(({ table, cells }) => {
    const recording = files.recording(cells.fileName);
    if (!recording) return { path: cells.fileName, reason: "there is no .wav or .flac of this name" };
    const diagnosis = DIAGNOSES.find((name) => name.toLowerCase() === cells.diagnosis.toLowerCase());
    if (!diagnosis) return { path: recording, reason: `the diagnosis "${cells.diagnosis}" is none of the task's` };
    const noisy = /noise[^/]*\.csv$/i.test(table);
    const { age: days, sex } = ageAndSex(cells["age(days)"], cells.gender);
    const age = days === undefined ? undefined : Number((days / 365.25).toFixed(3));
    return {
      recording,
      subject: lonelySubject(recording),
      label: task === "diagnosis-5" || diagnosis === "normal" ? diagnosis : "abnormal",
      source: noisy ? "noisy" : "clean",
      attributes: { age, sex, quality: noisy ? "poor" : "good" },
    };
  });
  return { rows, others: "no table has a label for it" };
}
