import { cited } from "./cited.ts";
import type { RunConfig } from "../../runs/mod.ts";
import { protocol } from "../../splits/mod.ts";

/** `a, b and c`. */
export function listed(names: readonly unknown[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A part of an experiment with all its options: `spec-augment [@park2019] (probability 1, bands 6)`. */
export function settings(part: unknown): string {
  if (typeof part !== "object" || part === null) return cited(String(part));
  const { kind, ...options } = part as { kind?: string } & Record<string, unknown>;
  const said = Object.entries(options).filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => [key, valueText(value)]).filter(([, text]) => text !== "").map((pair) => pair.join(" "));
  const named = kind === undefined ? [] : [cited(kind)];
  return [...named, ...said.length > 0 ? [`(${said.join(", ")})`] : []].join(" ");
}

/** The same without the works that its parts are cited by, and with no brackets around the whole. */
export function plainSettings(part: unknown): string {
  return settings(part).replaceAll(/ \[@\w+\]/g, "").replace(/^\((.*)\)$/s, "$1");
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  return typeof value === "object" && value !== null ? settings(value) : String(value);
}

/** How subjects were divided, as part of a sentence; empty where the run doesn't say. */
export function protocolWords({ experiment }: Pick<RunConfig, "experiment">): string {
  const { data } = protocol.safeParse(experiment.evaluation.protocol);
  switch (data?.kind) {
    case "hold-out":
      return `hold-out: a share of ${data.test} of the subjects is the test part, ${heldOut(data.validation)}` +
        (data.inner === undefined ? "" : `, in ${data.inner} inner folds`);
    case "grouped-folds":
      return `${data.folds} folds by subject${data.repeats > 1 ? `, ${data.repeats} times` : ""}, ` +
        heldOut(data.validation);
    case "nested":
      return `${data.folds} outer folds by subject, each with ${data.inner} inner folds`;
    case "leave-one-source-out":
      return "each source is the test part once, " +
        (data.inner ? "each of the others in turn the validation part" : heldOut(data.validation));
    case "official":
      return `the split of the dataset's authors: trained on ${data.train.join(", ")}, tested on ` +
        `${data.test.join(", ")}, ${heldOut(data.validation)}; subjects on both sides: ${data.sharedSubjects}`;
    default:
      return "";
  }
}

function heldOut(validation: number): string {
  return `a share of ${validation} of the rest is the validation part`;
}
