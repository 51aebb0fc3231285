import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import goldens from "./goldens/splits.json" with { type: "json" };
import { partitionGroups } from "./partition_groups.ts";

/** Class and group of each row, and how many folds they are divided into. */
interface Rows {
  y: number[];
  group: number[];
  k: number;
}

const SEEDS = 100;

/** Subjects of up to `rows` rows each, the later classes rarer; with `mixed`, half of the rows have another label. */
function draw(seed: number, { subjects, rows, classes, k, mixed }: Record<string, number>): Rows {
  const stream = randomStream(seed, "rows"), label = () => Math.floor(classes * stream.uniform() ** 2);
  const pairs = Array.from({ length: subjects }, (_, group) => {
    const own = label();
    return Array.from(
      { length: 1 + stream.integer(rows) },
      () => [mixed * stream.uniform() > 0.5 ? label() : own, group],
    );
  }).flat();
  const seen = [...new Set(pairs.map(([c]) => c))].sort();
  return { y: pairs.map(([c]) => seen.indexOf(c)), group: pairs.map(([, g]) => g), k };
}

const sets: Record<string, Rows> = {
  ...Object.fromEntries(goldens.examples.filter(({ refused }) => !refused).map((golden) => [golden.id, golden])),
  "one label a subject": draw(1, { subjects: 60, rows: 12, classes: 2, k: 5, mixed: 0 }),
  "subjects of very different sizes": draw(3, { subjects: 40, rows: 300, classes: 4, k: 10, mixed: 1 }),
  "a dozen subjects": draw(4, { subjects: 12, rows: 9, classes: 2, k: 5, mixed: 0 }),
  "events of four classes": draw(5, { subjects: 126, rows: 60, classes: 4, k: 5, mixed: 1 }),
  "events of seven classes": draw(6, { subjects: 250, rows: 8, classes: 7, k: 5, mixed: 1 }),
};

/** Largest distance of a class's share of a part from its share of all. */
function deviation({ y, k }: Rows, part: Int32Array): number {
  const classes = Math.max(...y) + 1, counts = Array.from({ length: k }, () => new Float64Array(classes));
  part.forEach((p, i) => counts[p][y[i]]++);
  const all = counts[0].map((_, c) => counts.reduce((sum, own) => sum + own[c], 0) / y.length);
  return Math.max(...counts.map((own) => {
    const size = own.reduce((a, b) => a + b, 0);
    return Math.max(...own.map((count, c) => Math.abs(count / size - all[c])));
  }));
}

/** The same for any naming of the parts. */
function partition(part: Int32Array): string {
  const names = [...new Set(part)];
  return Array.from(part, (p) => names.indexOf(p)).join(" ");
}

peerCheck(
  `partitionGroups() is never less even, and no less varied, than StratifiedGroupKFold over ${SEEDS} seeds`,
  { python: ["sklearn"] },
  ({ python }) => {
    const file = Deno.makeTempFileSync();
    Deno.writeTextFileSync(file, JSON.stringify(sets));
    const { stdout } = new Deno.Command(python, {
      args: [
        "-Wignore",
        "-c",
        `
import json, sys, numpy as np
from sklearn.model_selection import StratifiedGroupKFold
def study(e):
    y, g = np.array(e["y"]), np.array(e["group"]); K = y.max() + 1; all = np.bincount(y, minlength=K) / len(y); worst, seen = 0, set()
    for seed in range(${SEEDS}):
        parts = [t for _, t in StratifiedGroupKFold(e["k"], shuffle=True, random_state=seed).split(y, y, g)]
        worst = max([worst] + [np.abs(np.bincount(y[t], minlength=K) / len(t) - all).max() for t in parts])
        seen.add(tuple(sorted(tuple(t) for t in parts)))
    return [float(worst), len(seen)]
print(json.dumps({name: study(e) for name, e in json.load(open(sys.argv[1])).items()}))`,
        file,
      ],
    }).outputSync();
    Deno.removeSync(file);
    const theirs: Record<string, [number, number]> = JSON.parse(new TextDecoder().decode(stdout));
    for (const [name, rows] of Object.entries(sets)) {
      const drawn = Array.from({ length: SEEDS }, (_, seed) =>
        partitionGroups({
          labels: rows.y,
          groups: rows.group,
          shares: new Array(rows.k).fill(1 / rows.k),
          stream: randomStream(seed, "folds"),
        }));
      const [worst, distinct] = theirs[name];
      expect([name, Math.max(...drawn.map((part) => deviation(rows, part))) <= worst + 1e-9]).toEqual([name, true]);
      // All but one in twenty: where whole orders are drawn, two seeds may meet.
      expect([name, new Set(drawn.map(partition)).size >= 0.95 * distinct]).toEqual([name, true]);
    }
  },
);
