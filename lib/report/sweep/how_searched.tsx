import { Section } from "../page/section.tsx";
import type { SweepInvocation } from "./sweep_study.ts";
import type { SweepView } from "./sweep_view.ts";

const SAMPLERS: Record<string, string> = {
  tpe: "Settings were proposed by a tree-structured Parzen estimator: where the best tenth lies and the others don't.",
  random: "Settings were drawn at random, each as likely as any other.",
  grid: "All combinations of the space were tried in turn.",
};

const PRUNERS: Record<string, string> = {
  median: "A trial was stopped once its best value was worse than the median of the finished ones at the same epoch.",
  none: "Every trial was trained to the end.",
};

/** Who was scored on whom, how settings were proposed, and with what the study opens elsewhere. */
export function HowSearched({ view, journal }: { view: SweepView; journal: boolean }) {
  const { notes, folds, seed, experiment: { evaluation: { protocol } }, study } = view;
  const invocation = notes.invocation ? JSON.parse(notes.invocation) as SweepInvocation : null;
  return (
    <Section id="how" title="How it was done">
      <ul class="plain">
        <li>
          {protocol.kind === "official"
            ? "The published test part stayed closed: a trial that reads it is refused."
            : "A part of the subjects was held out for good: a trial that reads them is refused."} {folds === 1
            ? "Each trial was trained once and scored on inner validation, subjects that it had not learned from."
            : `The others were divided into ${folds} inner folds; a trial's value is the mean of its scores on them.`}
        </li>
        {invocation && <li>{SAMPLERS[invocation.sampler] ?? `Settings were proposed by ${invocation.sampler}.`}</li>}
        {invocation && <li>{PRUNERS[invocation.pruner] ?? `Trials were stopped by ${invocation.pruner}.`}</li>}
        <li>Folds, training and proposals have the seed {seed}.</li>
        {journal && (
          <li>
            The study is kept in Optuna's journal format under the name{" "}
            <code>{study.name}</code>: Optuna's own figures and its dashboard open it (<code>
              optuna-dashboard study.jsonl
            </code>).
          </li>
        )}
      </ul>
    </Section>
  );
}
