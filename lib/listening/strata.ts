import { type ListeningItem, meanAnswer, topClass } from "./listening_table.ts";

/** What items of a random share are drawn by: the given class and the answer of the networks. */
export function stratumOf(item: ListeningItem, classes: readonly string[]): string {
  const probabilities = meanAnswer(item);
  return JSON.stringify([item.label, probabilities ? classes[topClass(probabilities)] : null]);
}

/** A stratum in a sentence: `"called Normal and taken for Murmur"`. */
export function stratumWords(label: string | null, answer: string | undefined): string {
  const given = label === null ? "without a label" : `called ${label}`;
  return answer === undefined ? given : `${given} and taken for ${answer} by the networks`;
}
