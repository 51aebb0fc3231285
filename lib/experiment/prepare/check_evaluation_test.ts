import { expect } from "expect";
import type { ManifestRow } from "../../datasets/mod.ts";
import { planFolds, type Protocol } from "../../splits/mod.ts";
import { checkEvaluation } from "./check_evaluation.ts";
import { resolveExperiment } from "../mod.ts";

/** Twelve people without and three with a murmur, two recordings each: too few for the validation parts of three folds. */
const rows = Array.from({ length: 30 }, (_, i): ManifestRow => ({
  ...{ recording: `${i}.wav`, subject: `p${i >> 1}`, start: 0, end: 1, label: i < 24 ? "normal" : "murmur" },
  ...{ source: "", part: "train", attributes: {} },
}));
const classes = ["normal", "murmur"];

function check(set: string[], protocol: Protocol = { kind: "grouped-folds", folds: 3 }) {
  const { evaluation } = resolveExperiment({
    ...{ name: "test/check", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
    ...{ input: { preset: "pcg", seconds: 1 }, model: { kind: "cnn" }, training: {}, evaluation: { protocol } },
  }, set.map((one) => `evaluation.${one}`));
  checkEvaluation({ evaluation }, { rows, classes, folds: planFolds(rows, protocol, { seed: 0 }), seed: 0 });
}

Deno.test("checkEvaluation() refuses a monitor and an aim that a validation part can't serve, and names the mend", () => {
  expect(() => check(["monitor=rocAuc"])).toThrow(
    /monitor rocAuc needs but found only normal in the validation part of fold \d: .*--set evaluation\.protocol\.validation=0\.\d/,
  );
  for (const aim of ["youden", '{"sensitivity":0.9}', '{"score":"balancedAccuracy"}']) {
    expect(() => check(["monitor=accuracy", `decision=${aim}`])).toThrow(
      /the aim .* needs but found only normal .*--set evaluation\.decision=argmax/,
    );
  }
  expect(() => check(["monitor=accuracy"])).not.toThrow();
});

Deno.test("checkEvaluation() is content with the protocol that it names", () => {
  const protocol: Protocol = { kind: "grouped-folds", folds: 3, validation: 0.5 };
  expect(() => check(["monitor=rocAuc", "decision=youden"], protocol)).not.toThrow();
});

Deno.test("checkEvaluation() asks the inner folds of an outer one together what thresholds are fitted on", () => {
  const nested: Protocol = { kind: "nested", folds: 3, inner: 4 };
  expect(() => check(["monitor=accuracy", "decision=youden"], nested)).not.toThrow();
});

Deno.test("checkEvaluation() names the scores that there are where a monitor or an aim is none of them", () => {
  for (const set of [["monitor=auc"], ["monitor=accuracy", 'decision={"score":"auc"}']]) {
    expect(() => check(set)).toThrow(/"auc".*accuracy|accuracy.*"auc"/);
  }
});
