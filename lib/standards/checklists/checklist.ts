import type { DatasetInfo } from "../../datasets/mod.ts";
import type { PaperRun } from "../../paper/mod.ts";

/** What a run's files let be said of it. */
export interface Evidence extends PaperRun {
  /** What the catalogue knows of its dataset; `undefined` of recordings of one's own. */
  info?: DatasetInfo;
  /** Complete runs of the same experiment with other settings that lie beside it. */
  others: number;
}

/** What a run answers to an item. */
export interface Answer {
  /** `""` where the file is there and says nothing of it. */
  text: string;
  /** File and key: `"data.json › total"`. */
  from: string;
  /** Where it stands in the report: `"report.html#data"`. */
  where: string;
  /** What a signalling question is answered by. */
  verdict?: Verdict;
}

/** As PROBAST+AI has them. */
export type Verdict = "yes" | "probably yes" | "probably no" | "no" | "no information" | "not applicable";

export type Answers = (evidence: Evidence) => Answer;

/** Number, what is asked in our own short words, what answers it, and what only the authors can say. */
export type Item = readonly [number: string, asks: string, answers: Answers | null, yours?: string];

/** A standard as a table. */
export interface Checklist {
  /** Of its files: `"tripod-ai"`. */
  name: string;
  title: string;
  /** The edition that it follows, to be cited. */
  edition: string;
  items: readonly Item[];
}

const FILES = {
  config: "config.json",
  environment: "environment.json",
  data: "data.json",
  splits: "splits.json",
  metrics: "metrics.json",
  bundle: "model/bundle.json",
  predictions: "predictions.csv",
} as const;
type FileOf = { [K in keyof typeof FILES]: NonNullable<Evidence["run"][K]> };

interface Told<K extends keyof FileOf> {
  at: [keys: string, section: string]; // its keys, and the section of the report
  say: (content: FileOf[K], evidence: Evidence) => string;
}

/** What a file of the run answers; where it is missing, the answer says so. */
export function told<K extends keyof FileOf>(file: K, { at: [keys, section], say }: Told<K>): Answers {
  return (evidence) => {
    const content = evidence.run[file] as FileOf[K] | null;
    if (content === null) return { text: "", from: `${FILES[file]}, which is missing or damaged`, where: "" };
    const from = keys ? `${FILES[file]} › ${keys.replaceAll("<part>", evidence.part)}` : FILES[file];
    return { text: say(content, evidence), from, where: `report.html#${section}` };
  };
}

/** A count with what is counted: `1 item`, `2 items`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
