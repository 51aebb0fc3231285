import works from "./references.bib" with { type: "text" };
import { plainText } from "../../files/mod.ts";
import { latexText } from "./latex_text.ts";

/** Entries of BibTeX by their keys. */
const ENTRIES = new Map([...works.matchAll(/^@\w+\{(\w+),\n(?:.*\n)*?\}\n/gm)].map(([entry, key]) => [key, entry]));

/** The work that a part of an experiment is cited by, by the part's name there. */
const CITED_BY: Readonly<Record<string, string>> = {
  "respirenet": "gairola2021",
  "scl": "moummad2023",
  "ast": "gong2021",
  "dbres": "walker2022",
  "m2d": "niizumi2023",
  "pcen": "wang2017",
  "cnn6": "kong2020",
  "lightCnn": "howard2017",
  "crnn": "cakir2017",
  "adam": "kingma2015",
  "adamw": "loshchilov2019",
  "cosine": "loshchilov2017",
  "one-cycle": "smith2019",
  "focal": "lin2017",
  "mixup": "zhang2018",
  "spec-augment": "park2019",
  "random-filter": "nam2022",
  "device-response": "nam2022",
};

/** A name with the work that it is cited by, as sentences of a {@linkcode MethodsText} have it: `adamw [@loshchilov2019]`. */
export function cited(name: string, work = CITED_BY[name]): string {
  return work === undefined ? name : `${name} [@${work}]`;
}

const CITATION = /\[@(\w+)\]/g; // a citation in a sentence, which Pandoc reads, too

/** Sentences as LaTeX, their citations as `\cite`. */
export function citedLatex(text: string, own: ReadonlySet<string>): string {
  return latexText(text).replaceAll(
    / \{\[\}@(\w+)\{\]\}/g,
    (found, key) => isWork(key, own) ? `~\\cite{${key}}` : found,
  );
}

/** Sentences as Markdown, their citations as Pandoc has them. */
export function citedMarkdown(text: string, own: ReadonlySet<string>): string {
  return plainText(text).replaceAll(/\\\[@(\w+)\\\]/g, (found, key) => isWork(key, own) ? `[@${key}]` : found);
}

/** The works that sentences cite, as BibTeX: those that methods are cited by, and those of the datasets. */
export function bibliography(text: string, own: ReadonlyMap<string, string>): string {
  const keys = [...new Set(Array.from(text.matchAll(CITATION), ([, key]) => key))];
  return keys.flatMap((key) => {
    const citation = own.get(key);
    return ENTRIES.get(key) ?? (citation ? `@misc{${key},\n  note = {${latexText(citation)}}\n}\n` : []);
  }).join("\n");
}

function isWork(key: string, own: ReadonlySet<string>): boolean {
  return ENTRIES.has(key) || own.has(key);
}
