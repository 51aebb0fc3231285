import { meanAnswer, topClass } from "../listening_table.ts";
import { fallingOrder, percent, type QueueKind } from "./queue_kind.ts";
import { labelIssues } from "../confident_learning.ts";

/** Labels that confident learning holds for wrong come first, then the others; each by how little the networks believe it. */
export const suspected: QueueKind = {
  title: "Suspected wrong labels",
  about: "Where networks that haven't learned from a sound believe in another label.",
  needs: ["labels", "answers"],
  rank({ items, classes }, { order }) {
    const told = items.flatMap(({ label }, index) => {
      const probabilities = meanAnswer(items[index]);
      return label === null || probabilities === undefined ? [] : [{ index, label, probabilities }];
    });
    const issues = labelIssues(
      told.map(({ label }) => classes.indexOf(label)),
      Float64Array.from(told.flatMap(({ probabilities }) => probabilities)),
      { size: classes.length },
    );
    const place = new Map(order.map((index, at) => [index, at]));
    const open = told.map((one, i) => ({ ...one, issue: issues[i] })).filter(({ index }) => place.has(index))
      .sort((a, b) => place.get(a.index)! - place.get(b.index)!);
    return fallingOrder(open.map(({ index, label, probabilities, issue }) => {
      const own = probabilities[classes.indexOf(label)], top = topClass(probabilities);
      const instead = classes[top] === label ? "" : `, and ${percent(probabilities[top])} to ${classes[top]}`;
      const reason = `Called ${label}, to which the networks give ${percent(own)}${instead}.`;
      return { index, score: Number(issue) + 1 - own, reason };
    }));
  },
};

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
