import { UsageError } from "../errors/mod.ts";
import { randomStream } from "../random/mod.ts";
import { disagreement, suspected, unsureByEntropy, unsureByMargin, worstErrors } from "./kinds/answers.ts";
import { contradictions } from "./kinds/contradictions.ts";
import { diverse } from "./kinds/diverse.ts";
import type { Need, QueueKind } from "./kinds/queue_kind.ts";
import { randomShare } from "./kinds/random_share.ts";
import { type ListeningItem, type ListeningTable, meanAnswer } from "./listening_table.ts";
import { similarItems } from "./similar_items.ts";

export interface QueuedSound extends Pick<ListeningItem, "item" | "recording" | "subject" | "start" | "end" | "label"> {
  /** Mean of the models that haven't learned from it, one a class. */
  probabilities?: number[];
  /** Why it is in the queue, in a sentence. */
  reason: string;
  /** What the queue is ordered by, falling. */
  score: number;
  /** Items to compare it with, the most alike first. */
  similar: string[];
}

/** Ways to choose what to listen to, by name. */
export const queueKinds = {
  "wrong-labels": suspected,
  contradictions,
  disagreement,
  "least-sure": unsureByMargin,
  entropy: unsureByEntropy,
  "most-different": diverse,
  random: randomShare,
  "worst-errors": worstErrors,
} satisfies Record<string, QueueKind>;

export type QueueName = keyof typeof queueKinds;

export interface QueueOptions {
  /** Most sounds. */
  n: number;
  /** Decides between sounds of the same score, and draws where a queue draws. */
  seed: number;
  /** Items to leave out, such as those that were heard; a random share is drawn from all, or it would be none. */
  heard?: ReadonlySet<string>;
}

const needWords: Record<Need, { expected: string; there(table: ListeningTable): boolean }> = {
  labels: { expected: "labels", there: ({ items }) => items.some(({ label }) => label !== null) },
  answers: {
    expected: "answers of networks that haven't learned from the sounds",
    there: ({ items }) => items.some(({ answers }) => answers.length > 0),
  },
  "several-answers": {
    expected: "answers of two networks or more (folds or seeds) for a sound",
    there: ({ items }) => items.some(({ answers }) => answers.length > 1),
  },
  features: { expected: "how the sounds sound", there: ({ features }) => features !== undefined },
};

export function availableQueues(table: ListeningTable): QueueName[] {
  return (Object.keys(queueKinds) as QueueName[]).filter((name) => missing(name, table) === undefined);
}

/**
 * A queue of sounds to listen to, the most worthwhile first. The same table and seed give the same queue.
 *
 * @throws {UsageError} for an unknown kind, or where the table lacks what it needs.
 */
export function makeQueue(kind: string, table: ListeningTable, options: QueueOptions): QueuedSound[] {
  const { n, seed, heard = new Set() } = options;
  if (!Object.hasOwn(queueKinds, kind)) {
    const expected = `one of the queues ${Object.keys(queueKinds).join(", ")}`;
    throw new UsageError({ expected, found: `"${kind}"` });
  }
  const name = kind as QueueName, need = missing(name, table);
  if (need !== undefined) {
    const others = availableQueues(table).join(", ");
    throw new UsageError({
      expected: `${needWords[need].expected}, for the queue "${kind}"`,
      found: "none",
      remedy: others === "" ? "choose the folder of a finished run" : `choose the folder of a run, or one of ${others}`,
    });
  }
  const order = randomStream(seed, `queue/${kind}`).shuffle([...table.items.keys()]);
  const open = name === "random" ? order : order.filter((index) => !heard.has(table.items[index].item));
  const chosen = queueKinds[name].rank(table, { order: open, heard, n }).slice(0, n);
  const alike = similarItems(table, chosen.map(({ index }) => index));
  return chosen.map(({ index, score, reason, similar = [] }, i) => {
    const { item, recording, subject, start, end, label } = table.items[index];
    return {
      ...{ item, recording, subject, start, end, label, reason, score },
      probabilities: meanAnswer(table.items[index]),
      similar: [...new Set([...similar, ...alike[i]])],
    };
  });
}

function missing(name: QueueName, table: ListeningTable): Need | undefined {
  const kind: QueueKind = queueKinds[name];
  return kind.needs.find((need) => !needWords[need].there(table));
}
