import type { AskedScore, PartMetrics, Score, Unit } from "../scores/mod.ts";
import { headlineScores, overallScores, scoreInfo, scoreKey, scoresByUnit } from "../scores/mod.ts";
import type { FloorDifferences } from "./floor_differences.ts";
import type { ScoreDifference } from "../evaluation/mod.ts";
import type { SourceTold } from "./tell_source.ts";

/** What {@linkcode leakageWarnings} looks at. */
export interface LeakageEvidence {
  part: PartMetrics;
  /** Scores that the experiment names. */
  named?: readonly AskedScore[];
  /** What the experiment is read by. @default {"item"} */
  unit?: Unit;
  /** From trained floors, over the same subjects; where left out, a floor is held against the network's interval. */
  differences?: FloorDifferences;
  /** Of features of silence or level alone. */
  sourceTold?: SourceTold;
}

const suspectScore = 0.99; // from this value on a score is suspect until the leak check has passed
const closeLookUp = 0.02; // a look-up that comes this close to the network shows that there was little to learn
/** Always naming one class may reach so much where it is frequent: no leak is needed for a high score then. */
const easyGuess = 0.9;

/**
 * Sentences, each with its figure, on what speaks for a leak or a shortcut after training, the gravest first: a score that is
 * too good, a model that a model without sound or a look-up equals or beats, a pooled score that hides its sources, a source
 * that silence gives away.
 */
export function leakageWarnings({ part, unit, named: asked = [], differences, sourceTold }: LeakageEvidence): string[] {
  const scores = scoresByUnit(part.pooled, unit), named = asked.map(scoreKey);
  const name = spokenFor(named, scores);
  return [
    ...suspicion([...named, ...overallScores].filter((key) => key in scores), scores),
    ...scores[name] === undefined ? [] : floorWarnings(
      `${scoreInfo(name).title} by ${scores[name].unit}`,
      scores[name],
      (floor) => differences?.[scores[name].unit]?.[floor]?.find(({ score }) => score === name),
    ),
    ...hiddenSources(part, named),
    ...sourceTold ? toldSource(sourceTold) : [],
  ];
}

function toldSource({ balancedAccuracy, chance }: SourceTold): string[] {
  if (balancedAccuracy <= (1 + chance) / 2) return [];
  const reached = `balanced accuracy ${figure(balancedAccuracy)}, by chance ${figure(chance)}`;
  return [`The source can be told from silence or level alone: ${reached}.`];
}

/** The score that speaks for the run: the first that the experiment names and of which more is better. */
function spokenFor(named: readonly string[], scores: Readonly<Record<string, Score>>): string {
  const higher = (name: string) => name in scores && scoreInfo(name).better === "higher";
  return named.find(higher) ?? headlineScores[0];
}

/** One sentence for all scores that are too good, by their unit and value. */
function suspicion(names: readonly string[], scores: Readonly<Record<string, Score>>): string[] {
  const high = names.filter((name) => {
    const { range, better } = scoreInfo(name), { value, floors } = scores[name];
    return range[1] === 1 && better === "higher" && (value ?? 0) >= suspectScore && !(floors.majority >= easyGuess);
  });
  if (high.length === 0) return [];
  const alike = Map.groupBy(high, (name) => `by ${scores[name].unit} ${figure(scores[name].value!)}`);
  const told = [...alike].map(([what, of]) => `${of.map((name) => scoreInfo(name).title).join(", ")} ${what}`);
  const why = `A score of ${suspectScore} or more is suspect until a leak is ruled out.`;
  return [`Too good to be taken on trust: ${told.join("; ")}. ${why}`];
}

const MODELS = {
  shortcut: "A model that hears no sound",
  metadata: "A model of the metadata alone, which the network is given too,",
  linear: "A linear model on the mean spectrum",
};

function floorWarnings(
  what: string,
  score: Score,
  differenceFrom: (floor: string) => ScoreDifference | undefined,
): string[] {
  const { value, floors } = score;
  if (value === null) return [];
  const told = Object.entries(MODELS).flatMap(([floor, model]) => {
    const compared = floors[floor] === undefined ? undefined : compare(score, floors[floor], differenceFrom(floor));
    if (compared === undefined) return [];
    return [`${model} reaches ${figure(floors[floor])} in ${what}, the network ${figure(value)}: ${compared}.`];
  });
  return [...told, ...lookUp(what, value, floors)];
}

/** A look-up that reaches the network and does better than guessing speaks for easy classes, or for sounds on both sides. */
function lookUp(what: string, value: number, { nearest, ...floors }: Record<string, number>): string[] {
  if (nearest === undefined || nearest < value - closeLookUp) return [];
  const guess = Math.max(...["majority", "prior", "all-positive"].map((name) => floors[name] ?? -Infinity));
  const reached = `Looking up the most similar training example reaches ${figure(nearest)} in ${what}, ` +
    `the network ${figure(value)}`;
  if (nearest <= guess + closeLookUp) return [`${reached}, guessing ${figure(guess)}: neither says more than a guess.`];
  const why = "classes that are easy to tell apart explain that as well as the same sounds on both sides would";
  return [`${reached}: ${why}: see the leak check.`];
}

/** What is known of a network beside a floor; nothing where the network is better. */
function compare({ value, low, high }: Score, floor: number, difference?: ScoreDifference): string | undefined {
  if (difference && difference.low !== null && difference.high !== null) {
    if (difference.better === "first") return undefined;
    const range = `${figure(difference.difference)} (${figure(difference.low)} to ${figure(difference.high)})`;
    return difference.better === "second"
      ? `over the same subjects the network is worse, by ${range}`
      : `the difference over the same subjects, ${range}, leaves open which is better`;
  }
  if (low === null || high === null) {
    return floor > value! ? "less than that" : floor === value ? "no more than that" : undefined;
  }
  if (floor < low) return undefined;
  const range = `${figure(low)} to ${figure(high)}`;
  return floor > high ? `its whole interval, ${range}, lies below` : `its interval, ${range}, includes that`;
}

/** A pooled score that lies above what its sources have on average lives off telling the sources apart. */
function hiddenSources({ sourceMean, pooled }: PartMetrics, named: readonly string[]): string[] {
  const name = spokenFor(named, sourceMean), mean = sourceMean[name]?.value ?? null;
  const { value = null, low = null } = pooled.item?.[name] ?? pooled.recording?.[name] ?? {};
  if (mean === null || value === null || mean >= (low ?? value)) return [];
  const told = `Pooled, ${scoreInfo(name).title} is ${figure(value)}, but its mean over the sources is ${figure(mean)}`;
  return [`${told}: part of the pooled figure is telling the sources apart.`];
}

function figure(value: number): string {
  return value.toFixed(3);
}
