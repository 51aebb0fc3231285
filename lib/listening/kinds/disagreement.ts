import { meanAnswer, topClass } from "../listening_table.ts";
import { fallingOrder, type QueueKind } from "./queue_kind.ts";
import { entropy } from "./unsure.ts";

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
