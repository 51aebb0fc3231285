import type { DatasetInfo } from "./dataset_definition.ts";

/** What is known of several datasets that are asked as one: their experiment names them, and the question. */
export const JOINT: DatasetInfo = {
  name: "joint",
  title: "Several datasets as one",
  sound: "both",
  licence: "that of each",
  citation: "Each by itself",
  home: "",
  tasks: {},
  subjectKey: "that of each dataset, below its name",
  parts: [],
  traps: [],
};
