import { officialScores } from "./official_scores.ts";
import type { PartMetrics, Score, Unit } from "./score.ts";
import type { SourceTold } from "./tell_source.ts";

/** What {@linkcode leakageWarnings} looks at. */
export interface LeakageEvidence {
  part: PartMetrics;
  /** Of features of silence or level alone. */
  sourceTold?: SourceTold;
}

/** From this value on a score is suspect until the leak check has passed. */
const suspectScore = 0.99;
/** A look-up that comes this close to the network shows that there was little to learn. */
const closeLookUp = 0.02;
const overall = ["balancedAccuracy", "f1Macro", "rocAuc", "mcc"];

/**
 * Sentences, each with its figure, on what speaks for a leak or a shortcut after training: a score that is too good, a model
 * that a look-up or a model without sound equals, a source that silence gives away, a pooled score that hides its sources.
 */
export function leakageWarnings({ part, sourceTold }: LeakageEvidence): string[] {
  const levels = Object.entries(part.pooled) as [Unit, NonNullable<PartMetrics["pooled"][Unit]>][];
  return [
    ...levels.flatMap(([unit, scores]) =>
      Object.entries(scores).filter(([name]) => isOverall(name)).flatMap(([name, score]) =>
        suspicion(unit, name, score)
      )
    ),
    ...levels.flatMap(([unit, scores]) => {
      const name = Object.keys(scores).find((key) => key in officialScores && !officialScores[key].lowerIsBetter) ??
        "balancedAccuracy";
      return scores[name] ? [...floorWarnings(unit, name, scores[name])] : [];
    }),
    ...hiddenSources(part),
    ...(sourceTold && sourceTold.balancedAccuracy > (1 + sourceTold.chance) / 2
      ? [
        `The source can be told from silence or level alone: balanced accuracy ${
          figure(sourceTold.balancedAccuracy)
        }, ` +
        `by chance ${figure(sourceTold.chance)}.`,
      ]
      : []),
  ];
}

function isOverall(name: string): boolean {
  return overall.includes(name) || (name in officialScores && !officialScores[name].lowerIsBetter);
}

function suspicion(unit: Unit, name: string, { value }: Score): string[] {
  if (value === null || value < suspectScore) return [];
  return [
    `${name} by ${unit} is ${figure(value)}: a score of ${suspectScore} or more is suspect until a leak is ruled out.`,
  ];
}

function floorWarnings(unit: Unit, name: string, { value, low, floors }: Score): string[] {
  if (value === null) return [];
  const { nearest, shortcut, linear } = floors;
  const equals = (floor: number | undefined): floor is number => floor !== undefined && (low ?? value) <= floor;
  return [
    ...(nearest !== undefined && nearest >= value - closeLookUp
      ? [
        `Looking up the most similar training example reaches ${figure(nearest)} in ${name} by ${unit}, ` +
        `the network ${figure(value)}: the parts may hold the same sounds.`,
      ]
      : []),
    ...(equals(shortcut)
      ? [
        `A model that hears no sound reaches ${figure(shortcut)} in ${name} by ${unit}, the network ${
          figure(value)
        }: ` +
        `it can't be told from a shortcut.`,
      ]
      : []),
    ...(equals(linear)
      ? [
        `A linear model on the mean spectrum reaches ${figure(linear)} in ${name} by ${unit}, ` +
        `the network ${figure(value)}, whose interval includes it.`,
      ]
      : []),
  ];
}

/** A pooled score that lies above what its sources have on average lives off telling the sources apart. */
function hiddenSources({ sourceMean, pooled }: PartMetrics): string[] {
  const name = Object.keys(sourceMean).find((key) => key in officialScores && !officialScores[key].lowerIsBetter) ??
    "balancedAccuracy";
  const mean = sourceMean[name]?.value;
  const whole = pooled.item?.[name] ?? pooled.recording?.[name];
  if (mean === undefined || mean === null || !whole || whole.value === null || mean >= (whole.low ?? whole.value)) {
    return [];
  }
  return [
    `Pooled, ${name} is ${figure(whole.value)}, but its mean over the sources is ${figure(mean)}: ` +
    `part of the pooled figure is telling the sources apart.`,
  ];
}

function figure(value: number): string {
  return value.toFixed(3);
}
