import { floorWords } from "../../evaluation/mod.ts";
import { scoreName, type Scores as ScoresByName, scoreTable, type Unit } from "../../scores/mod.ts";
import { Section } from "../page/section.tsx";
import { numbers, SCALE, ScoreScale, Table, tracer } from "../page/table.tsx";
import { mainUnit, type ReportView } from "../report_view.ts";
import { Interval, ScoreTable } from "./score_table.tsx";

/** Every score with its interval, count, floors and references. */
export function Scores({ view }: { view: ReportView }) {
  const { metrics, part, run } = view;
  if (!metrics) return null;
  const units = (["item", "recording", "subject"] as const).filter((unit) => metrics.pooled[unit]);
  // The official score decides what is counted as one; the other counts stay folded.
  const main = mainUnit(view);
  const other = Object.keys(run.metrics?.parts ?? {}).filter((name) => name !== part);
  const table = (of: string, unit: Unit) => (
    <ScoreTable
      caption={`${view.partName(of)}, one count a${unit === "item" ? "n" : ""} ${unit}, all folds and seeds together`}
      scores={run.metrics!.parts[of].pooled[unit] ?? {}}
      at={`parts.${of}.pooled.${unit}`}
      wanted={view.wanted}
      references={of === part ? run.config?.references ?? [] : []}
    />
  );
  return (
    <Section id="scores" title="Scores">
      <p class="small muted">
        Dot: value. Band: interval over subjects. Ticks: floors, which are reached with no sound or by a simple model.
        Rings: published figures and own baselines.
      </p>
      <FloorNames scores={metrics.pooled[main] ?? {}} />
      {table(part, main)}
      {metrics.pooled.item && (
        <ClassTable classes={view.classes} scores={metrics.pooled.item} at={`parts.${part}.pooled.item`} />
      )}
      {units.filter((unit) => unit !== main).map((unit) => (
        <details key={unit}>
          <summary>Counted by {unit}</summary>
          {table(part, unit)}
        </details>
      ))}
      {metrics.folds.length > 1 && <Folds view={view} />}
      {other.map((name) => (
        <details key={name}>
          <summary>{view.partName(name)}</summary>
          {table(name, "item")}
        </details>
      ))}
    </Section>
  );
}

/** What the floors' short names stand for. */
function FloorNames({ scores }: { scores: ScoresByName }) {
  const names = [...new Set(Object.values(scores).flatMap(({ floors }) => Object.keys(floors)))];
  const known = names.filter((name) => name in floorWords);
  if (known.length === 0) return null;
  return <p class="small muted">Floors: {known.map((name) => `${name} is ${floorWords[name]}`).join("; ")}.</p>;
}

function Folds({ view: { metrics, part } }: { view: ReportView }) {
  const folds = metrics!.folds;
  const names = Object.keys(folds[0].scores).filter((name) => !name.includes("/")).slice(0, 6);
  const head = ["fold", ...numbers("seed", ...names.map((name) => scoreName(name, folds[0].scores[name]).name))];
  const traced = tracer("metrics.json", `parts.${part}.folds`);
  return (
    <details>
      <summary>Each fold and seed</summary>
      <Table
        label="Scores of each fold and seed"
        head={head}
        rows={folds.map(({ fold, seed, scores }, i) => [
          ...[traced(fold, `[${i}].fold`), traced(String(seed), `[${i}].seed`)],
          ...names.map((name) => traced(scores[name]?.value ?? null, `[${i}].scores.${name}.value`)),
        ])}
      />
    </details>
  );
}

interface ClassTableProps {
  classes: string[];
  scores: ScoresByName;
  /** Key of the scores in metrics.json. */
  at: string;
}

/** Scores of one class against the others (`recall/Wheeze`): a class a row, its recall with the interval. */
function ClassTable({ classes, scores, at }: ClassTableProps) {
  const kinds = [...scoreTable].flatMap(([kind, { ofClass }]) =>
    ofClass && kind !== "recall" && classes.some((name) => `${kind}/${name}` in scores) ? [kind] : []
  );
  if (!classes.some((name) => `recall/${name}` in scores)) return null;
  const traced = tracer("metrics.json", `${at}.`);
  const cell = (key: string) => {
    const { value = null, reason } = scores[key] ?? {};
    return value === null ? <span title={reason}>–</span> : traced(value, `${key}.value`, 3);
  };
  const further = kinds.map((kind) => scoreName(kind).name);
  const head = ["class", ...numbers("Recall", "interval"), SCALE, ...numbers(...further)];
  return (
    <Table
      {...{ label: "Scores of each class", caption: "Each class against the others", head }}
      rows={classes.map((name) => {
        const key = `recall/${name}`, recall = scores[key];
        return [
          ...[name, cell(key), recall && <Interval key="interval" score={recall} at={`${at}.${key}`} />],
          ...[recall && <ScoreScale key="scale" score={recall} />, ...kinds.map((kind) => cell(`${kind}/${name}`))],
        ];
      })}
    />
  );
}
