// A dataset of your own: recordings whose labels stand where nobody else's do.
//
//   deno task data check clinic --parts experiments/howto/own_dataset.ts --data data/clinic     what is wrong with it
//   deno task experiment experiments/howto/own_dataset.ts --data data/clinic
//
// If a table can name your recordings, you need none of this: experiments/own_recordings.ts takes the table. Where they
// come in a layout of their own (labels in file names, a sheet for each patient, a test part that must not be touched),
// a dataset says once how to read it, and everything else is as for the published ones: check, scan, splits by subject,
// floors, report with licence and citation, `evaluate` elsewhere.
//
// The layout here: a folder a visit, labels in a sheet.
//
//   data/clinic/patients.csv            patient,age,sex,murmur      P01,54,F,yes
//   data/clinic/2024/P01_AV.wav         patient and site
//   data/clinic/2025/P07_MV.wav         the second year is kept for testing

import { ageAndSex, defineDataset, linesOf, stemOf } from "../../lib/datasets/mod.ts";
import { defineExperiment } from "@auscult/auscult";

export const clinic = defineDataset({
  name: "clinic",
  title: "Hearts of a clinic, heard in two years",
  sound: "heart",
  // These two stand in the report and in the model card.
  licence: "not to be passed on",
  citation: "Recorded by ourselves, unpublished",

  // What can be asked. The first class is the healthy one.
  tasks: { "murmur-2": { classes: ["no murmur", "murmur"], about: "Does the patient's heart murmur?" } },

  // What a reader of your figures should know; `data check` says it.
  parts: ["train", "test"],
  traps: ["all recordings are by one stethoscope: nothing is known of others"],

  // Rows of a task. `files` knows every file of the folder: paths, recordings, text(path). A row needs a recording, a
  // subject (who must never be on two sides of a split) and a label; without start and end the whole recording is meant.
  async read(files) {
    const patients = new Map((await linesOf(files, "patients.csv")).map(({ cells }) => [cells.patient, cells]));
    return {
      rows: files.recordings.map((recording) => {
        const [patient, site] = stemOf(recording).split("_");
        const known = patients.get(patient);
        // What is no row says why. It is counted and told, never dropped in silence.
        if (!known) return { path: recording, reason: "its patient isn't in patients.csv" };
        return {
          recording,
          subject: patient,
          label: known.murmur === "yes" ? "murmur" : "no murmur",
          part: recording.startsWith("2025/") ? "test" : "train",
          attributes: { ...ageAndSex(known.age, known.sex), site },
        };
      }),
    };
  },
});

export default defineExperiment({
  name: "howto/own_dataset",
  title: "Murmurs in a clinic's hearts",
  question: "Does the heart of a patient who was never heard before murmur?",

  dataset: clinic({ task: "murmur-2" }),

  input: { preset: "pcg", seconds: 3 },
  model: { kind: "cnn", filters: [8, 16] },
  training: { epochs: 10 },
  evaluation: { protocol: { kind: "grouped-folds", folds: 3 }, unit: "subject" }, // of the first year alone
});

// `deno task evaluate results/howto/own_dataset --parts experiments/howto/own_dataset.ts --data data/clinic --part test`
// judges the networks on the second year, once, when all else is decided.
