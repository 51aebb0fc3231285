import type { Manifest } from "../../datasets/mod.ts";
import { UsageError } from "../../errors/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";

/**
 * Says before a recording is read that the data know nothing of what the network is to be given beside the sound, or that
 * the experiment can't give it.
 *
 * @throws {UsageError}
 */
export function checkMetadata({ metadata = [], initial, targets }: Experiment, { rows, folder }: Manifest): void {
  if (metadata.length === 0) return;
  if (initial || targets) {
    throw new UsageError({
      expected: "a network for items that begins with random weights",
      found: `metadata beside ${initial ? "initial" : "targets"}`,
      where: "metadata",
      remedy: "leave one of them out",
    });
  }
  const known = new Set(rows.flatMap(({ attributes }) => Object.keys(attributes)));
  const unknown = metadata.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new UsageError({
    expected: `attributes that the data know (${[...known].toSorted().join(", ") || "none"})`,
    found: unknown.map((name) => `"${name}"`).join(", "),
    where: `metadata, of ${folder}`,
  });
}
