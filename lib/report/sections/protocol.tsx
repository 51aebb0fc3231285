import { beginningWords, framesAlone, labelWords } from "../../runs/mod.ts";
import type { FoldSubjects } from "../../splits/mod.ts";
import { Section } from "../page/section.tsx";
import { Cell, numbers, Row, Table, tracer } from "../page/table.tsx";
import type { ReportView } from "../report_view.ts";

/** Who was trained on, chosen by and judged, and that nobody was on two sides. */
export function Protocol({ view }: { view: ReportView }) {
  const { splits, data, config, beginning } = view.run;
  if (!splits && !data && !config) return null;
  const evaluation = config?.experiment.evaluation;
  const kind = evaluation?.protocol?.kind;
  return (
    <Section id="protocol" title="Protocol">
      {kind && (
        <p>
          {KINDS[kind] ?? `The protocol is ${kind}.`}{" "}
          {config && framesAlone(config.experiment)
            ? "The checkpoint was"
            : "Checkpoint, threshold and temperature were"} chosen on inner validation, never on the test part.
        </p>
      )}
      {beginning && <p>{tracer("beginning.json")(beginningWords(beginning), "weights")}</p>}
      {data?.labels && <p>{tracer("data.json")(labelWords(data.labels), "labels")}</p>}
      {data && (
        <>
          <h3>Leak check</h3>
          <ul class="plain">
            {data.leakCheck.map((sentence, i) => <li key={i}>{tracer("data.json")(sentence, `leakCheck[${i}]`)}</li>)}
          </ul>
        </>
      )}
      {splits && <Splits view={view} splits={splits} />}
    </Section>
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

const traced = tracer("splits.json");

function Splits({ view, splits }: { view: ReportView; splits: FoldSubjects[] }) {
  const crossed = splits.some((split) => onTwoSides(split) > 0);
  const table = (
    <Table
      label="Subjects of every training"
      caption="Subjects on each side of every training"
      head={["fold", ...numbers("seed", "train", "validation", "test", "on two sides")]}
    >
      {splits.map((split, i) => (
        <Row key={i} kind={onTwoSides(split) > 0 ? "flagged" : undefined}>
          <Cell>{traced(split.fold, `[${i}].fold`)}{split.name && ` (${split.name})`}</Cell>
          {traced(String(split.seed), `[${i}].seed`)}
          {(["train", "validation", "test"] as const).map((side) => traced(split[side].length, `[${i}].${side}`))}
          {traced(onTwoSides(split), `[${i}]`)}
        </Row>
      ))}
    </Table>
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
            <b>Fold {traced(split.fold, `[${i}].fold`)}, test:</b> {split.test.map(view.listed).join(", ")}
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
