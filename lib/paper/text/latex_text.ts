import { visibleText } from "../../files/mod.ts";

/** What TeX takes for a command, or joins to another sign, and how it is told not to. */
const SPECIAL: Record<string, string> = {
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

/** Letters that the fonts of every TeX hold under `inputenc` and `fontenc` T1, after composition. */
const KNOWN = /[\x20-\x7e¡-ÿĀ-ćĊ-ğĢ-ģĨ-ıĹ-ňŊ-ſ–—‘’“”„•…€™]/;

/**
 * Text of others as LaTeX that shows it and does nothing else. Scripts that pdfTeX has no letters of stand in `\other`, which
 * the preamble defines: their letters with XeTeX and LuaTeX, their numbers in Unicode with pdfTeX.
 */
export function latexText(text: string): string {
  const plain = visibleText(text.replaceAll(/\s+/g, " ")).normalize("NFC");
  const pieces = runsOf(plain).map(([known, run]) => known ? [...run].map(signOf).join("") : other(run));
  return pieces.join("").replaceAll(/([-,'])(?=\1)/g, "$1{}"); // else two of them become one other sign
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
