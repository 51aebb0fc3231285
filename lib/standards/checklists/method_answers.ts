import { decisionRule } from "../../decision/mod.ts";
import { scoreKey, scoreName } from "../../scores/mod.ts";
import { engineWords, framesAlone } from "../../runs/mod.ts";
import { plural, told } from "./checklist.ts";
import { plainSettings } from "../../paper/mod.ts";
import { crossing } from "./self_audit.ts";

/** What a run says of how the network was made and judged. */
export const partition = told("splits", {
  at: ["folds", "protocol"],
  say: (splits, { run }) => {
    const protocol = run.config?.experiment.evaluation.protocol, sides = crossing(splits);
    const crossed = sides === 0 ? "no subject" : plural(sides, "subject");
    return `${protocol ? `Protocol: ${plainSettings(protocol)}. ` : ""}${
      plural(splits.length, "training")
    }; ${crossed} ` +
      `on two sides, counted again from the lists. ${run.data?.leakCheck.join(" ") ?? ""}`.trimEnd();
  },
});

export const model = told("config", {
  at: ["experiment.model, experiment.training", "training"],
  say: ({ experiment: { model, training, evaluation }, seeds }, { network }) => {
    const weights = network?.reduce((sum, { parameters }) => sum + parameters, 0);
    const monitor = scoreName(scoreKey(evaluation.monitor ?? "balancedAccuracy")).name;
    return `Network: ${plainSettings(model)}${weights === undefined ? "" : `; ${weights} parameters`}. ` +
      `Training: ${plainSettings(training)}. Seeds: ${seeds.join(", ")}. The epoch is chosen by ${monitor} on inner ` +
      "validation; the run itself searches no setting.";
  },
});

export const standardised = told("bundle", {
  at: ["members[].mean, members[].std", "reproduce"],
  say: ({ members, frameAnswers }) =>
    `Each band is centred and scaled by its mean and standard deviation over ${
      frameAnswers ? "the recording itself" : "the training windows of its own fold"
    } (${plural(members.length, "network")}); all values stay continuous.`,
});

export const imbalance = told("config", {
  at: ["experiment.training.classWeights, .sampler, .loss", "training"],
  say: ({ experiment }) => {
    const { classWeights, sampler, loss } = experiment.training as Record<string, unknown>;
    const calibration = framesAlone(experiment) ? "nothing" : "a temperature fitted on inner validation";
    return `${
      plainSettings({ classWeights, sampler, loss }) || "No method"
    }. Validation and test keep their shares of ` +
      `classes; ${calibration} calibrates the probabilities afterwards.`;
  },
});

export const decision = told("bundle", {
  at: ["decision", "curves"],
  say: ({ decision, classes }, { run }) => {
    const { threshold, temperature, aggregation, weights } = decisionRule.parse(decision);
    const asked = (run.config?.experiment.evaluation as { decision?: unknown } | undefined)?.decision;
    const answer = threshold === null
      ? "the most probable class"
      : `${classes[0]} below the threshold ${threshold.toFixed(3)}`;
    const weighted = weights ? `, weighted by ${weights.map((w) => w.toFixed(2)).join(", ")}` : "";
    return `Probabilities of ${classes.join(", ")}. Windows are joined by ${plainSettings(aggregation)}, temperature ` +
      `${temperature.toFixed(3)}; the answer is ${answer}${weighted}. Aim: ${
        plainSettings(asked ?? "argmax")
      }, fitted ` +
      "on inner validation alone.";
  },
});

export const measures = told("config", {
  at: ["experiment.evaluation", "scores"],
  say: ({ experiment }) => {
    const { evaluation, targets } = experiment;
    const { interval, resamples } = evaluation as { interval?: string; resamples?: number };
    const named = evaluation.scores.map((asked) => scoreName(asked).name).join(", ");
    if (targets?.kind === "recordings") {
      return `How often a recording is found again by another crop. 95 % intervals over subjects (${resamples} resamples). ` +
        "Beside it chance, the network as it was drawn, and the mean spectrum.";
    }
    if (framesAlone(experiment)) {
      const { tolerance } = targets as { tolerance?: number };
      return "Of frames: balanced accuracy, accuracy, F1, MCC, sensitivity and precision by class; of onsets: F1 and mean " +
        `distance within ${tolerance} s. 95 % intervals over subjects (${resamples} resamples). Beside them the most ` +
        "frequent class and evenly spaced onsets. No calibration is computed.";
    }
    const made = interval ? ` (${interval}${interval === "wilson" ? "" : `, ${resamples} resamples`})` : "";
    return `${named ? `${named}; ` : ""}balanced accuracy, accuracy, area under the ROC curve, F1, MCC, sensitivity, ` +
      "specificity and precision by class, Brier score, log loss, calibration error. 95 % intervals over subjects" +
      `${made}. Each beside its floors: guessing, what surrounds the sound, mean spectrum, look-up. Plots: ROC, ` +
      "precision-recall, calibration, confusion. No decision curve is computed.";
  },
});

export const implementation = told("bundle", {
  at: ["members, files", "reproduce"],
  say: ({ members, frameAnswers }) =>
    `${frameAnswers || members.some(({ metadata }) => metadata) ? "" : "model/pipeline.onnx and "}model/model.json, ` +
    `${plural(members.length, "network")} with means, deviations and temperatures in model/bundle.json` +
    `${members.length === 1 ? "" : "; the mean of their probabilities is taken"}. model_card.md holds the program.`,
});

export const code = told("environment", {
  at: ["auscult, gitCommit, lockHash", "reproduce"],
  say: ({ auscult, gitCommit, deno, lockHash }, { run, command }) => {
    const own = run.config?.parts?.map(({ part, kind }) => `${part} ${kind}`).join(", ");
    return `Auscult ${auscult}, commit ${gitCommit ?? "unknown"}, Deno ${deno}, lock file ${lockHash ?? "unknown"} ` +
      `(MIT).${own ? ` Own code in the run's code/: ${own}.` : ""} Command: ${command}`;
  },
});

export const software = told("environment", {
  at: ["auscult, deno, machine", "reproduce"],
  say: ({ auscult, deno, machine }, { run }) =>
    `Auscult ${auscult}, Deno ${deno}, ${run.config ? engineWords(run.config, run.status?.engineChanges) : ""} ` +
    `on ${machine.os} ${machine.arch}, ${machine.cpu}.`,
});

export const refusal = told("bundle", {
  at: ["quality, neighbours", "refusal"],
  say: ({ quality, neighbours }) =>
    (quality ? "A recording that is too poor is refused. " : "No limit of quality was learned. ") +
    (neighbours
      ? "One that is unlike all that was trained on is refused (out of distribution)."
      : "None is refused as unlike them."),
});

export const storedOutputs = told("predictions", {
  at: ["", "reproduce"],
  say: ({ predictions }) =>
    `Every judged item with its probabilities, ${plural(predictions.length, "row")}; all scores can be computed again.`,
});
