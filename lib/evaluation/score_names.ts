import { scoreInfo } from "./score_table.ts";

/** The name of a score as readers know it, and what it means; `recall/Wheeze` is the recall of the class Wheeze. */
export function scoreName(key: string): { name: string; meaning: string } {
  const { title, meaning } = scoreInfo(key);
  return { name: title[0].toUpperCase() + title.slice(1), meaning };
}
