import { lonelySubject, stemOf } from "../../datasets/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { ImportedItem } from "./read_predictions.ts";

/**
 * The items under the names, times and subjects that a run of ours has for them, so that both can be compared item by item.
 * A recording is known by its path or its bare name; of several items in one, `start` says which it is.
 */
export async function namedAsInRun(
  items: readonly ImportedItem[],
  run: Run,
): Promise<{ items: ImportedItem[]; warnings: string[] }> {
  const { predictions } = await run.predictions();
  const byName = Map.groupBy(predictions, ({ recording }) => recording);
  const byStem = Map.groupBy(byName.keys(), stemOf);
  const ownItem = ({ recording, start }: ImportedItem["row"]): Prediction | undefined => {
    const alike = byStem.get(stemOf(recording)) ?? [];
    const own = byName.get(recording) ?? (alike.length === 1 ? byName.get(alike[0])! : []);
    const whole = new Set(own.map((one) => one.start)).size === 1 && start === 0;
    return own.find((one) => whole || Math.abs(one.start - start) < 1e-6);
  };
  let unknown = 0, relabelled = 0;
  const named = items.map((item): ImportedItem => {
    const { row } = item, own = ownItem(row);
    if (own === undefined) {
      if (item.said) unknown++;
      return item;
    }
    if (own.label !== row.label) relabelled++;
    const { recording, start, end, source } = own;
    const subject = row.subject === lonelySubject(row.recording) ? own.subject : row.subject;
    return {
      ...item,
      row: {
        ...own.visit === undefined ? {} : { visit: own.visit },
        ...row,
        recording,
        start,
        end,
        subject,
        source: row.source === "all" ? source : row.source,
      },
    };
  });
  const warnings = [
    ...unknown > 0 ? [`${unknown} of the judged items are none of ${run.folder}: no comparison counts them.`] : [],
    ...relabelled > 0
      ? [`${relabelled} items have another label than in ${run.folder}: no comparison counts them.`]
      : [],
  ];
  return { items: named, warnings };
}
