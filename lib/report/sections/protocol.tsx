import type { FoldSubjects } from "../../splits/mod.ts";
import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

/** Who was trained on, chosen by and judged, and that nobody was on two sides. */
export function Protocol({ view }: { view: ReportView }) {
  const { splits, data, config } = view.run;
  if (!splits && !data && !config) return null;
  const evaluation = config?.experiment.evaluation as { protocol?: { kind?: string } } | undefined;
  const kind = evaluation?.protocol?.kind;
  return (
    <section id="protocol" aria-labelledby="protocol-title">
      <h2 id="protocol-title">Protocol</h2>
      {kind && (
        <p>
          {KINDS[kind] ?? `The protocol is ${kind}.`}{" "}
          Checkpoint, threshold and temperature were chosen on inner validation, never on the test part.
        </p>
      )}
      {data && (
        <>
          <h3>Leak check</h3>
          <ul class="plain">
            {data.leakCheck.map((sentence, i) => (
              <li key={i}>
                <Traced value={sentence} file="data.json" at={`leakCheck[${i}]`} />
              </li>
            ))}
          </ul>
        </>
      )}
      {splits && <Splits view={view} splits={splits} />}
    </section>
  );
}

const KINDS: Record<string, string> = {
  "hold-out": "A share of the subjects was held out and judged once.",
  "grouped-folds":
    "The subjects were divided into folds; each fold was judged by a model that was trained on the others.",
  nested: "Folds within folds: the outer ones judge, the inner ones choose.",
  "leave-one-source-out": "Each source was judged by a model that was trained on the other sources alone.",
  official: "The split is the one that the dataset's authors published.",
};

function Splits({ view, splits }: { view: ReportView; splits: FoldSubjects[] }) {
  const sides = ["train", "validation", "test"] as const;
  const crossed = splits.some((split) => onTwoSides(split) > 0);
  const table = (
    <div class="scroll" tabIndex={0} role="region" aria-label="Subjects of every training">
      <table>
        <caption>Subjects on each side of every training</caption>
        <thead>
          <tr>
            <th scope="col">fold</th>
            <th scope="col" class="n">seed</th>
            {sides.map((side) => <th scope="col" class="n" key={side}>{side}</th>)}
            <th scope="col" class="n">on two sides</th>
          </tr>
        </thead>
        <tbody>
          {splits.map((split, i) => (
            <tr key={i} class={onTwoSides(split) > 0 ? "flagged" : undefined}>
              <th scope="row">
                <Traced value={split.fold} file="splits.json" at={`[${i}].fold`} />
                {split.name && ` (${split.name})`}
              </th>
              <td class="n">
                <Traced value={String(split.seed)} file="splits.json" at={`[${i}].seed`} />
              </td>
              {sides.map((side) => (
                <td class="n" key={side}>
                  <Traced value={split[side].length} file="splits.json" at={`[${i}].${side}`} />
                </td>
              ))}
              <td class="n">
                <Traced value={onTwoSides(split)} file="splits.json" at={`[${i}]`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <>
      {splits.length <= 10 ? table : (
        <details open={crossed}>
          <summary>Every training, by its subjects</summary>
          {table}
        </details>
      )}
      <details>
        <summary>The subjects by name</summary>
        {splits.map((split, i) => (
          <p class="small" key={i}>
            <b>
              Fold <Traced value={split.fold} file="splits.json" at={`[${i}].fold`} />, test:
            </b>{" "}
            {split.test.map(view.listed).join(", ")}
          </p>
        ))}
      </details>
    </>
  );
}

/** Counted here again, from the lists themselves. */
function onTwoSides({ train, validation, test }: FoldSubjects): number {
  const [learned, chosen] = [new Set(train), new Set(validation)];
  return test.filter((subject) => learned.has(subject) || chosen.has(subject)).length +
    validation.filter((subject) => learned.has(subject)).length;
}
