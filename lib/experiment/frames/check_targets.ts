import { HEART_STATES } from "../../audio/mod.ts";
import type { Manifest } from "../../datasets/mod.ts";
import { DataError, UsageError } from "../../errors/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { FrameTargets } from "../describe/frame_targets.ts";

/**
 * Says before a recording is read what would fail or go wrong later.
 *
 * @throws {UsageError} for a class that isn't named, or a training that moves sound away from its classes.
 * @throws {DataError} for a class that nothing in the data stands for.
 */
export function checkTargets(
  { training, initial, evaluation }: Experiment,
  targets: FrameTargets,
  manifest: Manifest,
): void {
  const { classes, outside, onsets = [] } = targets;
  const names = Object.keys(classes);
  const refuse = (expected: string, found: string, where: string, remedy?: string): never => {
    throw new UsageError({ expected, found, where, remedy });
  };
  if (names.length < 2) refuse("at least two classes", `${names.length}`, "targets.classes");
  if (targets.items === "heart-cycles" && names.join() !== HEART_STATES.join()) {
    refuse(
      `the classes ${HEART_STATES.join(", ")}, in this order`,
      names.join(", "),
      "targets.classes of heart-cycles",
    );
  }
  const unnamed = [outside, ...onsets].find((name) => name !== undefined && !names.includes(name));
  if (unnamed !== undefined) refuse(`one of ${names.join(", ")}`, `"${unnamed}"`, "targets.outside or targets.onsets");
  if (initial) {
    refuse("random first weights", "those of a run", "initial", "a run's network answers for items, not frames");
  }
  if (evaluation.average) {
    refuse(
      "frames that are heard as they are",
      "average",
      "evaluation",
      "leave it out: a frame at another speed is another",
    );
  }
  if (training.linearProbe) {
    refuse("steps", "linearProbe", "training", "leave it out: a linear probe answers for items, not frames");
  }
  if (training.labelSmoothing > 0) {
    refuse("labelSmoothing 0", `${training.labelSmoothing}`, "training", "leave it out where frames are learned");
  }
  if (training.augment.some(({ kind }) => kind === "time-shift")) {
    refuse("no change in time", "time-shift", "training.augment", "leave it out: crops begin at random anyway");
  }
  const spans = manifest.states ?? manifest.events, byRecording = Map.groupBy(spans, ({ recording }) => recording);
  const isSpan = ({ recording, start, end }: Manifest["rows"][number]) =>
    (byRecording.get(recording) ?? []).some((span) => span.start === start && span.end >= end);
  if (manifest.rows.every(isSpan)) {
    throw new DataError({
      expected: "items that hold what is heard between the labels, too",
      found: "items that are cut to one label each",
      where: `the task ${manifest.task} of ${manifest.folder}`,
      remedy: "take a task whose items are whole recordings, or learn one class an item: leave out targets",
    });
  }
  const heard = new Set(spans.map(({ label }) => label));
  for (const [name, labels] of Object.entries(classes)) {
    if (name === outside || labels.some((label) => heard.has(label))) continue;
    throw new DataError({
      expected: `something that is heard and called ${labels.join(" or ") || "anything"}`,
      found: heard.size === 0 ? "no word on what is heard when" : `only ${[...heard].toSorted().join(", ")}`,
      where: `the class "${name}" of targets.classes in ${manifest.folder}`,
      remedy: "take the labels that the dataset has",
    });
  }
}
