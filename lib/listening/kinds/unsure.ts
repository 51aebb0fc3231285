import { type ListeningTable, meanAnswer, topClass } from "../listening_table.ts";
import { fallingOrder, percent, type QueueKind } from "./queue_kind.ts";

/** How little a model is sure of: between its two likeliest classes. In [0, 1]. */
function closeness(probabilities: readonly number[]): number {
  const [first, second] = probabilities.toSorted((a, b) => b - a);
  return 1 - (first - second);
}

/** Shannon's entropy as a share of the highest, in [0, 1]. */
export function entropy(probabilities: readonly number[]): number {
  const sum = probabilities.reduce((total, p) => total - (p > 0 ? p * Math.log(p) : 0), 0);
  return sum / Math.log(probabilities.length);
}

function unsure(title: string, about: string, score: (probabilities: readonly number[]) => number): QueueKind {
  return {
    ...{ title, about },
    needs: ["answers"],
    rank: ({ items, classes }: ListeningTable, { order }) =>
      fallingOrder(order.flatMap((index) => {
        const probabilities = meanAnswer(items[index]);
        if (probabilities === undefined) return [];
        const [first, second] = classes.map((name, c) => ({ name, p: probabilities[c] })).sort((a, b) => b.p - a.p);
        const reason = `The networks hardly know: ${first.name} ${percent(first.p)}, ${second.name} ${
          percent(second.p)
        }.`;
        return [{ index, score: score(probabilities), reason }];
      })),
  };
}

/** The two likeliest classes are nearest to each other (Scheffer et al. 2001). */
export const unsureByMargin: QueueKind = unsure("Least sure", "Where two classes are about as likely.", closeness);
/** The probabilities are spread over most classes. */
export const unsureByEntropy: QueueKind = unsure(
  "Least sure of all classes",
  "Where all classes are about as likely.",
  entropy,
);

/**
 * Networks of other folds and seeds contradict each other: the Jensen-Shannon divergence of their answers, which is what a
 * committee is asked by (McCallum & Nigam 1998), as a share of the highest.
 */
export const disagreement: QueueKind = {
  title: "Disagreement of networks",
  about: "Where networks of other folds and seeds contradict each other.",
  needs: ["several-answers"],
  rank: ({ items, classes }, { order }) =>
    fallingOrder(
      order.filter((index) => items[index].answers.length > 1).map((index) => {
        const { answers } = items[index];
        const own = answers.reduce((sum, one) => sum + entropy(one), 0) / answers.length;
        const votes = Map.groupBy(answers, topClass);
        const said = [...votes].sort(([a, x], [b, y]) => y.length - x.length || a - b)
          .map(([c, { length }]) => `${length} say ${classes[c]}`).join(", ");
        return {
          index,
          score: Math.max(0, entropy(meanAnswer(items[index])!) - own),
          reason: `Of ${answers.length} networks, ${said}.`,
        };
      }),
    ),
};
