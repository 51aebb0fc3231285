import type { TracedProps } from "./page/traced.tsx";

/** A sentence whose numbers say where they come from. */
export interface PlainSentence {
  /** As it is read. */
  text: string;
  /** The same in pieces. */
  pieces: (string | TracedProps)[];
}

/** A sentence from a template: what is put in is a text, or a number with its file and key. */
export function plainSentence(words: TemplateStringsArray, ...put: (string | TracedProps)[]): PlainSentence {
  const pieces = words.flatMap((text, i) => i < put.length ? [text, put[i]] : [text]).filter((piece) => piece !== "");
  return { text: pieces.map((piece) => typeof piece === "string" ? piece : piece.value).join(""), pieces };
}
