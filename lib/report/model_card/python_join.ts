import { decisionRule } from "../../decision/mod.ts";
import type { Bundle } from "../../runs/mod.ts";

/** Lines of Python that make `p` [classes] of `heard` [windows, classes] by a bundle's rule, as `aggregateWindows` does. */
export function pythonJoin({ decision }: Pick<Bundle, "decision">): string[] {
  const { aggregation, temperature, isotonic } = decisionRule.parse(decision);
  const joined = typeof aggregation === "object" ? powerMean(aggregation.exponent) : JOINED[aggregation];
  return [
    ...joined,
    `p = np.maximum(p, 5e-324) ** (1 / ${temperature})  # temperature, fitted on validation`,
    ...isotonic
      ? [
        "p = p / p.sum()",
        `mapped = np.interp(1 - p[0], ${JSON.stringify(isotonic.x)}, ${JSON.stringify(isotonic.y)})  # isotonic`,
        "p = np.append(1 - mapped, mapped * p[1:] / p[1:].sum())",
      ]
      : [],
  ];
}

const JOINED = {
  "mean": ["p = heard.mean(axis=0)"],
  "max": ["p = heard[heard[:, 0].argmin()]  # the window that is least healthy"],
  "noisy-or": [
    "p = 1 - np.prod(1 - heard, axis=0)  # in any window",
    "p[0] = np.prod(heard[:, 0])  # healthy: in every window",
  ],
  "any-positive": [
    "positive = heard[heard[:, 1:].max(axis=1) > heard[:, 0]]",
    "p = (positive if len(positive) else heard).mean(axis=0)",
  ],
} as const;

function powerMean(exponent: number): string[] {
  return [
    `mean = lambda values: (values ** ${exponent}).mean(axis=0) ** (1 / ${exponent})`,
    "sick, shares = mean(1 - heard[:, 0]), mean(heard[:, 1:])",
    "p = np.append(1 - sick, sick * shares / shares.sum())",
  ];
}
