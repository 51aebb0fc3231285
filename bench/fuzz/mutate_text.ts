import { mutate } from "../../lib/audio/fixtures/mod.ts";
import type { RandomStream } from "../../lib/random/mod.ts";

/** What stands where a number or a word was: numbers that aren't, names that every object has, ways out of a folder. */
const NASTY = [
  ...[
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-1",
    "0",
    "1e-320",
    "99999999999999999999",
    "null",
    "",
    "true",
    "[]",
    "{}",
  ],
  ...["constructor", "__proto__", "toString", "../../../etc/passwd", "/dev/zero", "\u001b[2J", "=cmd|'/c calc'!A1"],
  ...["<meta http-equiv=refresh content='0;url=https://example.com'>", "\u202egnp.exe", "\u0000", "ü", "💥"],
];

/** One to three words or numbers of a text replaced, doubled or taken away; or bytes changed as of any file. */
export function mutateText(bytes: Uint8Array, random: RandomStream): Uint8Array {
  if (random.integer(3) === 0) return mutate(bytes, random);
  let text = new TextDecoder().decode(bytes);
  for (let count = 1 + random.integer(3); count > 0; count--) {
    const words = [...text.matchAll(/-?\d+(\.\d+)?(e[+-]?\d+)?|[\w./ -]+|[{}[\],;"\n]/g)];
    if (words.length === 0) break;
    const { 0: word, index } = random.choice(words);
    const other = random.choice([random.choice(NASTY), random.choice(NASTY), word + word, "", random.choice(words)[0]]);
    text = text.slice(0, index) + other + text.slice(index + word.length);
  }
  return new TextEncoder().encode(text);
}
