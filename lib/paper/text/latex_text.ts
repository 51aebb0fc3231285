import { visibleText } from "../../files/mod.ts";

const BREAK = "\u200b"; // a place to break at, in Unicode as well

/** What TeX takes for a command, or joins to another sign, and how it is told not to. */
const SPECIAL: Record<string, string> = {
  [BREAK]: "\\allowbreak{}",
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "`": "\\textasciigrave{}",
  "[": "{[}",
  "]": "{]}",
  "*": "{*}",
  "/": "/\\allowbreak{}",
  "_": "\\_\\allowbreak{}",
  "−": "$-$",
  "×": "$\\times$",
  "±": "$\\pm$",
  "≥": "$\\geq$",
  "≤": "$\\leq$",
};

/** A word that no dictionary hyphenates, and where it may break: a hash, a name of a file. */
const LONG = /[\w.-]{20,}/g, PIECE = /.{10}(?=.{4})/g;

/** Letters that the fonts of every TeX hold under `inputenc` and `fontenc` T1, after composition. */
const KNOWN = /[\x20-\x7e¡-ÿĀ-ćĊ-ğĢ-ģĨ-ıĹ-ňŊ-ſ–—‘’“”„•…€™]/;

/**
 * Text of others as LaTeX that shows it and does nothing else. Scripts that pdfTeX has no letters of stand in `\other`, which
 * the preamble defines: their letters with XeTeX and LuaTeX, their numbers in Unicode with pdfTeX.
 */
export function latexText(text: string): string {
  const broken = text.replaceAll(LONG, (word) => /\d/.test(word) ? word.replaceAll(PIECE, `$&${BREAK}`) : word);
  const plain = visibleText(broken.replaceAll(/\s+/g, " ")).normalize("NFC");
  const pieces = runsOf(plain).map(([known, run]) => known ? [...run].map(signOf).join("") : other(run));
  return pieces.join("").replaceAll(/([-,'])(?=\1)/g, "$1{}"); // else two of them become one other sign
}

/** Letters that a text takes on the page of pdfTeX. */
export function latexWidth(text: string): number {
  return runsOf(text).reduce((sum, [known, run]) => sum + (known ? 1 : 5) * [...run].length, 0);
}

function signOf(letter: string): string {
  return SPECIAL[letter] ?? (/[&%$#{}]/.test(letter) ? `\\${letter}` : letter);
}

/** Neighbouring letters that are known, or that are not. */
function runsOf(text: string): [known: boolean, run: string][] {
  const runs: [boolean, string][] = [];
  for (const letter of text) {
    const known = letter in SPECIAL || KNOWN.test(letter);
    const last = runs.at(-1);
    if (last?.[0] === known) last[1] += letter;
    else runs.push([known, letter]);
  }
  return runs;
}

function other(text: string): string {
  const numbers = [...text].map((letter) => letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0"));
  return `\\other{${text}}{${numbers.join(" ")}}`;
}
