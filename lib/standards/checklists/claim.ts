import type { Checklist } from "./checklist.ts";
import * as data from "./data_answers.ts";
import * as method from "./method_answers.ts";

/** The part of CLAIM that is of data: items 7 to 21, 35 and 36 of 44. It is written for images: a recording stands for one. */
export const claimData: Checklist = {
  name: "claim-data",
  title: "CLAIM, its items on data",
  edition: "Tejani AS, Klontzas ME, Gatti AA, et al. CLAIM: 2024 update. Radiol Artif Intell 2024;6:e240300. " +
    "doi:10.1148/ryai.240300",
  items: [
    ["7", "Data sources", data.sources],
    ["8", "Inclusion and exclusion", data.exclusions, "of participants"],
    ["9", "Preprocessing", data.preparation],
    ["10", "Selection of subsets", data.subsets],
    ["11", "De-identification", null, "how the data's authors did it"],
    ["12", "Missing data", data.exclusions, "bias that it may bring"],
    ["13", "Acquisition", null, "device, places, posture, duration"],
    ["14", "Reference standard", data.outcome, "how it was obtained"],
    ["15", "Its rationale", null, "why this one"],
    ["16", "Annotators", null, "source, qualification, training"],
    ["17", "Annotation of the test part", null, "procedure and software"],
    ["18", "Agreement of annotators", null, "within and between, and how disputes were settled"],
    ["19", "How parts were assigned", method.partition],
    ["20", "Level at which parts are disjoint", method.partition],
    ["21", "Intended size of the test part", data.partSizes, "how it was determined"],
    ["35", "Numbers in and out, flow", data.exclusions, "the diagram: figures/flow-… is one"],
    ["36", "Characteristics by part", data.groupsKnown],
  ],
};
