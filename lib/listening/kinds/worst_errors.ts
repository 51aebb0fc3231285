import { meanAnswer, topClass } from "../listening_table.ts";
import { fallingOrder, percent, type QueueKind } from "./queue_kind.ts";

/** The networks are surest of another class than the given one. */
export const worstErrors: QueueKind = {
  title: "Worst errors",
  about: "Where the networks are surest of another class than the given one.",
  needs: ["labels", "answers"],
  rank: ({ items, classes }, { order }) =>
    fallingOrder(order.flatMap((index) => {
      const { label } = items[index], probabilities = meanAnswer(items[index]);
      if (label === null || probabilities === undefined) return [];
      const top = topClass(probabilities);
      if (classes[top] === label) return [];
      const reason = `Called ${label}; the networks say ${classes[top]} with ${percent(probabilities[top])}.`;
      return [{ index, score: probabilities[top], reason }];
    })),
};
