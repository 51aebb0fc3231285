import { unitKey } from "../../splits/mod.ts";
import type { ListeningItem, ListeningTable } from "../listening_table.ts";
import type { QueueKind, RankedItem } from "./queue_kind.ts";

/** Share of the subjects that may have several labels before a label is none of a subject. */
const MIXED = 0.1;

/** Items of which one label is to be expected. */
interface Group {
  members: number[];
  twins: boolean;
  /** Of its labels: what is common to the members, for the sentence. */
  what: string;
}

/**
 * One sound under two labels, exactly or nearly; and subjects with two labels, where the label is one of the subject. Members
 * of a group follow each other, the rarer label first.
 */
export const contradictions: QueueKind = {
  needs: ["labels"],
  rank(table, { order }) {
    const { items } = table;
    const labelled = order.filter((index) => items[index].label !== null);
    const groups = [...twins(table, labelled), ...subjects(items, labelled)].map((group) => {
      const counts = Map.groupBy(group.members, (index) => items[index].label);
      const least = Math.min(...[...counts.values()].map(({ length }) => length));
      return { ...group, counts, score: Number(group.twins) + least / group.members.length };
    });
    const seen = new Set<number>();
    return groups.filter(({ counts }) => counts.size > 1).sort((a, b) => b.score - a.score)
      .flatMap(({ members, counts, score, what }): RankedItem[] => {
        const rarest = members.filter((index) => !seen.has(index))
          .sort((a, b) => counts.get(items[a].label)!.length - counts.get(items[b].label)!.length);
        rarest.forEach((index) => seen.add(index));
        return rarest.map((index) => {
          const others = members.filter((other) => items[other].label !== items[index].label);
          const { recording, label } = items[others[0]];
          const reason = `Called ${items[index].label}; ${what} ${recording} is called ${label}.`;
          return { index, score, reason, similar: others.slice(0, 4).map((other) => items[other].item) };
        });
      });
  },
};

/** Items of recordings that hold the same sound; of several in a recording those at the same time. */
function twins({ items, duplicates = [] }: ListeningTable, labelled: readonly number[]): Group[] {
  const groupOf = new Map(duplicates.flatMap((names, group) => names.map((name) => [name, group])));
  const counts = Map.groupBy(items, ({ recording }) => recording);
  const times = ({ recording, start, end }: ListeningItem) =>
    counts.get(recording)!.length === 1 ? "" : `${start.toFixed(1)}-${end.toFixed(1)}`;
  const inGroup = labelled.filter((index) => groupOf.has(items[index].recording));
  return [...Map.groupBy(inGroup, (index) => `${groupOf.get(items[index].recording)} ${times(items[index])}`).values()]
    .map((members) => ({ members, twins: true, what: "the same sound in" }));
}

function subjects(items: readonly ListeningItem[], labelled: readonly number[]): Group[] {
  const groups = [...Map.groupBy(labelled, (index) => unitKey(items[index], "subject")).values()]
    .filter(({ length }) => length > 1);
  const mixed = groups.filter((members) => new Set(members.map((index) => items[index].label)).size > 1);
  return mixed.length > MIXED * groups.length
    ? []
    : mixed.map((members) => ({ members, twins: false, what: "of the same subject," }));
}
