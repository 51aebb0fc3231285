import { labelIssues } from "../confident_learning.ts";
import { meanAnswer, topClass } from "../listening_table.ts";
import { byAnswers, percent, type QueueKind } from "./queue_kind.ts";

/** Labels that confident learning holds for wrong come first, then the others; each by how little the networks believe it. */
export const suspected: QueueKind = {
  needs: ["labels", "answers"],
  rank(table, { order }) {
    const { items, classes } = table;
    const told = items.flatMap((item, index) => {
      const probabilities = meanAnswer(item);
      return item.label === null || !probabilities ? [] : [{ index, label: item.label, probabilities }];
    });
    const issues = labelIssues(
      told.map(({ label }) => classes.indexOf(label)),
      Float64Array.from(told.flatMap(({ probabilities }) => probabilities)),
      { size: classes.length },
    );
    const issueOf = new Map(told.map(({ index }, i) => [index, issues[i]]));
    return byAnswers(table, order, (probabilities, index) => {
      const { label } = items[index];
      if (label === null) return undefined;
      const own = probabilities[classes.indexOf(label)], top = topClass(probabilities);
      const instead = classes[top] === label ? "" : `, and ${percent(probabilities[top])} to ${classes[top]}`;
      const reason = `Called ${label}, to which the networks give ${percent(own)}${instead}.`;
      return { score: Number(issueOf.get(index)) + 1 - own, reason };
    });
  },
};

/** The networks are surest of another class than the given one. */
export const worstErrors: QueueKind = {
  needs: ["labels", "answers"],
  rank: (table, { order }) =>
    byAnswers(table, order, (probabilities, index) => {
      const { label } = table.items[index], top = topClass(probabilities), said = table.classes[top];
      if (label === null || said === label) return undefined;
      const reason = `Called ${label}; the networks say ${said} with ${percent(probabilities[top])}.`;
      return { score: probabilities[top], reason };
    }),
};

/** How little a model is sure of: between its two likeliest classes. In [0, 1]. */
function closeness(probabilities: readonly number[]): number {
  const [first, second] = probabilities.toSorted((a, b) => b - a);
  return 1 - (first - second);
}

/** Shannon's entropy as a share of the highest, in [0, 1]. */
function entropy(probabilities: readonly number[]): number {
  const sum = probabilities.reduce((total, p) => total - (p > 0 ? p * Math.log(p) : 0), 0);
  return sum / Math.log(probabilities.length);
}

const unsure = (score: (probabilities: readonly number[]) => number): QueueKind => ({
  needs: ["answers"],
  rank: (table, { order }) =>
    byAnswers(table, order, (probabilities) => {
      const [first, second] = table.classes.map((name, c) => ({ name, p: probabilities[c] })).sort((a, b) => b.p - a.p);
      const said = [first, second].map(({ name, p }) => `${name} ${percent(p)}`).join(", ");
      return { score: score(probabilities), reason: `The networks hardly know: ${said}.` };
    }),
});

/** The two likeliest classes are nearest to each other (Scheffer et al. 2001). */
export const unsureByMargin: QueueKind = unsure(closeness);
/** The probabilities are spread over most classes. */
export const unsureByEntropy: QueueKind = unsure(entropy);

/**
 * Networks of other folds and seeds contradict each other: the Jensen-Shannon divergence of their answers, which is what a
 * committee is asked by (McCallum & Nigam 1998), as a share of the highest.
 */
export const disagreement: QueueKind = {
  needs: ["several-answers"],
  rank: (table, { order }) =>
    byAnswers(table, order, (probabilities, index) => {
      const { answers } = table.items[index];
      if (answers.length < 2) return undefined;
      const own = answers.reduce((sum, one) => sum + entropy(one), 0) / answers.length;
      const said = [...Map.groupBy(answers, topClass)].sort(([a, x], [b, y]) => y.length - x.length || a - b)
        .map(([c, { length }]) => `${length} say ${table.classes[c]}`).join(", ");
      return { score: Math.max(0, entropy(probabilities) - own), reason: `Of ${answers.length} networks, ${said}.` };
    }),
};
