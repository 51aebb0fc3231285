import type { Score } from "../../scores/mod.ts";
import { plainText } from "../../files/mod.ts";

/** A section of the card; what is no sentence is left out. */
export function section(name: string, sentences: (string | false | null | undefined)[]): string {
  return `## ${name}\n\n${sentences.filter(Boolean).map((sentence) => `- ${sentence}`).join("\n")}`;
}

/** A score as cells of a table: name, value, interval, count, highest floor. */
export function scoreRow(name: string, { value, low, high, n, floor, reason = "" }: Score): string[] {
  const shown = (number: number | null) => number === null ? "–" : number.toFixed(3);
  const none = /too few/.test(reason) ? "too few" : "–";
  const interval = low === null || high === null ? none : `${shown(low)} to ${shown(high)}`;
  return [plainText(name), shown(value), interval, String(n), shown(floor)];
}
