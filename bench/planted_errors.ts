import { fileURLToPath } from "node:url";
import { listeningTable, makeQueue } from "../lib/listening/mod.ts";
import { type RandomStream, randomStream } from "../lib/random/mod.ts";
import { balancedAccuracy, crossFit, type ListeningSet } from "./listening_sets.ts";

const RATES = [0.05, 0.1, 0.2], SEEDS = [0, 1, 2];
/** Share of the sounds that is listened to. */
const HEARD = [0.05, 0.2];
export const cleanlabRankings = ["self_confidence", "normalized_margin"] as const;

/** What queues found of the planted errors, as means over the seeds. */
export interface PlantedErrors {
  set: string;
  /** At random, or between classes that are taken for each other. */
  kind: "random" | "confusable";
  rate: number;
  /** Sounds of the first 5 %. */
  first: number;
  /** Planted errors among them, of ours and of cleanlab's; the latter are left out where it isn't installed. */
  found: { ours: number; peers?: number[] };
  /** Balanced accuracy by the right labels: learned from those, from the planted ones, and from what listening to 5 and 20 % left. */
  scores: { right: number; planted: number; heard: number[] };
}

interface Trial {
  set: ListeningSet;
  kind: PlantedErrors["kind"];
  rate: number;
  planted: Set<number>;
  labels: number[];
  probabilities: number[][];
  ranking: number[];
  scores: PlantedErrors["scores"];
}

/** Flips labels, asks linear models on the others' folds, and counts what the queue of suspected labels finds. */
export async function plantedErrors(
  sets: readonly ListeningSet[],
  { python, onProgress }: { python: string; onProgress: (line: string) => void },
): Promise<PlantedErrors[]> {
  const trials: Trial[] = [];
  for (const set of sets) {
    const truth = set.rows.map(({ label }) => label);
    const clean = SEEDS.map((seed) => crossFit(set, truth, { seed }));
    for (const kind of ["random", "confusable"] as const) {
      for (const rate of RATES) {
        for (const seed of SEEDS) trials.push(trial(set, { kind, rate, seed, truth, clean: clean[seed] }));
        onProgress(`planted errors: ${set.name}, ${kind}, ${rate}`);
      }
    }
  }
  const peers = await cleanlab(python, trials);
  const groups = Map.groupBy(trials.keys(), (t) => `${trials[t].set.name} ${trials[t].kind} ${trials[t].rate}`);
  return [...groups.values()].map((members) => {
    const { set, kind, rate } = trials[members[0]];
    const first = Math.ceil(HEARD[0] * set.rows.length);
    const mean = (value: (t: number) => number) => members.reduce((sum, t) => sum + value(t), 0) / members.length;
    const found = (ranking: (t: number) => readonly number[]) =>
      mean((t) => ranking(t).slice(0, first).filter((i) => trials[t].planted.has(i)).length);
    return {
      ...{ set: set.name, kind, rate, first },
      found: {
        ours: found((t) => trials[t].ranking),
        ...peers ? { peers: cleanlabRankings.map((name) => found((t) => peers[t][name])) } : {},
      },
      scores: {
        right: mean((t) => trials[t].scores.right),
        planted: mean((t) => trials[t].scores.planted),
        heard: HEARD.map((_, h) => mean((t) => trials[t].scores.heard[h])),
      },
    };
  });
}

function trial(
  set: ListeningSet,
  { kind, rate, seed, truth, clean }: {
    kind: PlantedErrors["kind"];
    rate: number;
    seed: number;
    truth: readonly string[];
    clean: readonly (readonly number[])[];
  },
): Trial {
  const { classes, rows, features } = set;
  const random = randomStream(seed, `planted/${kind}/${rate}`);
  const wrong = kind === "random"
    ? flipAtRandom(truth, { classes, rate, random })
    : confuse(truth, { classes, rate, random, clean });
  const said = crossFit(set, wrong, { seed });
  const table = listeningTable({
    classes,
    features,
    rows: rows.map((row, i) => ({ ...row, label: wrong[i] })),
    predictions: rows.map((row, i) => ({
      ...{ ...row, label: wrong[i], fold: 0, seed, part: "test", predicted: "", probabilities: said[i] },
    })),
  });
  const place = new Map(table.items.map(({ item }, i) => [item, i]));
  const ranking = makeQueue("wrong-labels", { ...table, features: undefined }, { n: rows.length, seed })
    .map(({ item }) => place.get(item)!);
  const score = (labels: readonly string[]) => balancedAccuracy(crossFit(set, labels, { seed }), truth, classes);
  const corrected = HEARD.map((share) => {
    const heard = new Set(ranking.slice(0, Math.ceil(share * rows.length)));
    return score(wrong.map((label, i) => heard.has(i) ? truth[i] : label));
  });
  return {
    ...{ set, kind, rate, ranking, probabilities: said },
    planted: new Set(wrong.keys().filter((i) => wrong[i] !== truth[i])),
    labels: wrong.map((label) => classes.indexOf(label)),
    scores: {
      right: balancedAccuracy(clean, truth, classes),
      planted: balancedAccuracy(said, truth, classes),
      heard: corrected,
    },
  };
}

/** Any sound, any other class. */
function flipAtRandom(
  truth: readonly string[],
  { classes, rate, random }: { classes: readonly string[]; rate: number; random: RandomStream },
): string[] {
  const chosen = new Set(random.shuffle(truth.keys()).slice(0, Math.round(rate * truth.length)));
  return truth.map((label, i) => chosen.has(i) ? random.choice(classes.filter((other) => other !== label)) : label);
}

/** Classes that a model on the right labels takes for each other, as often as it does so. */
function confuse(
  truth: readonly string[],
  { classes, rate, random, clean }: {
    classes: readonly string[];
    rate: number;
    random: RandomStream;
    clean: readonly (readonly number[])[];
  },
): string[] {
  const byClass = Map.groupBy(truth.keys(), (i) => truth[i]);
  const taken = (label: string, c: number) => {
    const members = byClass.get(label) ?? [];
    return classes[c] === label ? 0 : members.reduce((sum, i) => sum + clean[i][c], 0) / members.length;
  };
  const mistaken = new Map([...byClass.keys()].map((label) => [label, classes.map((_, c) => taken(label, c))]));
  const flips = truth.map((label, i) => {
    const shares = mistaken.get(label)!, all = shares.reduce((sum, share) => sum + share, 0);
    let left = random.uniform() * all;
    const to = shares.findIndex((share) => (left -= share) < 0);
    // Exponential races draw without replacement in proportion to the weights (Efraimidis & Spirakis 2006).
    return {
      i,
      to: classes[to < 0 ? shares.indexOf(Math.max(...shares)) : to],
      race: -Math.log(1 - random.uniform()) / all,
    };
  });
  const chosen = new Map(
    flips.sort((a, b) => a.race - b.race).slice(0, Math.round(rate * truth.length)).map(({ i, to }) => [i, to]),
  );
  return truth.map((label, i) => chosen.get(i) ?? label);
}

async function cleanlab(
  python: string,
  trials: readonly Trial[],
): Promise<Record<typeof cleanlabRankings[number], number[]>[] | undefined> {
  const file = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(
      file,
      JSON.stringify(trials.map(({ labels, probabilities }) => ({ labels, probabilities: probabilities.flat() }))),
    );
    const script = fileURLToPath(new URL("./peers/listening_cleanlab.py", import.meta.url));
    const { success, stdout } = await new Deno.Command(python, { args: [script, file], stderr: "null" }).output();
    return success ? JSON.parse(new TextDecoder().decode(stdout)) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined; // there is no such Python
    throw error;
  } finally {
    await Deno.remove(file);
  }
}
