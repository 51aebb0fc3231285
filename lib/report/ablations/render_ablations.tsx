import { join, relative } from "node:path";
import { writeAtomic } from "../../files/mod.ts";
import { type Figure, plotDifferences, plotIntervalCurve } from "../../plots/mod.ts";
import type { Score } from "../../scores/mod.ts";
import { reportAddress } from "../index/find_runs.ts";
import { between, Cell, numbers, Row, shownFigure, signed, Table } from "../page/table.tsx";
import { Fact, PageHead, Plot, Section } from "../page/section.tsx";
import { comparedScoreName } from "../pair_runs.ts";
import { writePage } from "../page/render_page.tsx";
import type { AblationResults, RandomPoint } from "./ablation_results.ts";

/** Wrong once in twenty families of comparisons. */
const LEVEL = 0.05;

/**
 * Writes `report.html` and `ablations.json` into the folder of an ablation: each setting against the base, and the learning
 * curve.
 *
 * @returns the path of the page.
 */
export async function renderAblations(results: AblationResults, folder: string): Promise<string> {
  const { config, settings, curve } = results, name = comparedScoreName(results);
  const figures: Record<string, Figure> = {};
  if (settings.length > 0) {
    const names = shortNames(settings.map((one) => one.name));
    const rows = settings.map((one, i) => ({ ...one.difference, name: names[i], told: told(one) }));
    figures.forest = plotDifferences(rows, { title: "", axis: `${name}, less base` });
  }
  if (curve.length > 1) {
    const point = (x: number, score: Score) => ({ ...score, x, y: score.value! });
    const points = curve.map(({ subjects, score }) => point(subjects, score));
    const twins = curve.flatMap(({ subjects, random }) => random ? [point(subjects, random.score)] : []);
    const lines = twins.length > 0
      ? [{ name: "from the run's weights", points }, { name: "from random weights", points: twins }]
      : [{ name, points }];
    figures.curve = plotIntervalCurve(lines, { x: "training subjects of a fold", y: name });
  }
  await writeAtomic(join(folder, "ablations.json"), `${JSON.stringify(results, null, 2)}\n`);
  return await writePage(join(folder, "report.html"), {
    title: `Ablations of ${config.title} · Auscult`,
    kind: "ablations",
    figures,
    writtenFrom: "the runs below this folder",
    body: (
      <>
        <Head results={results} />
        <Settings results={results} figure={figures.forest} folder={folder} />
        <Curve results={results} figure={figures.curve} folder={folder} />
      </>
    ),
  });
}

function Head({ results }: { results: AblationResults }) {
  const { config, unit, units, subjects, base: { score } } = results;
  return (
    <PageHead
      title={`Ablations: ${config.title}`}
      question="What is each part of it worth?"
      facts={
        <>
          <Fact of="Experiment" is={config.name} />
          <Fact of="Judged on" is={units.toLocaleString("en")}>
            {" "}
            {unit === "subject" && units > subjects ? "visit" : unit}s of <b>{subjects.toLocaleString("en")}</b>{" "}
            subjects
          </Fact>
          <Fact of="Seeds" is={config.seeds.join(", ")}>, the same folds for all</Fact>
          {score && (
            <Fact of={`${comparedScoreName(results)}, of the base`} is={shownFigure(score.value)}>
              {` (${between(score, TO)})`}
            </Fact>
          )}
        </>
      }
    />
  );
}

interface PartProps {
  results: AblationResults;
  figure: Figure | undefined;
  folder: string;
}

function Settings({ results, figure: forest, folder }: PartProps) {
  const { settings, apart, unit, subjects } = results, name = comparedScoreName(results);
  return (
    <Section id="settings" title="Each setting against the base">
      {apart.map((sentence) => <p key={sentence} class="note warning">{sentence}</p>)}
      {forest && (
        <Plot
          id="forest"
          figure={forest}
          title={`${name}: setting less base`}
          caption="Points with their 95 % interval over subjects; filled where it is told from chance among all comparisons."
        />
      )}
      {settings.length > 0 && (
        <Table
          label="Settings against the base"
          caption={`${name}, largest effect first; over ${subjects} subjects, paired`}
          head={["setting", ...numbers("base", "setting's own", "difference", "95 % interval", "p", "p, Holm"), "told"]}
        >
          {settings.map((one) => (
            <Row key={one.name}>
              <Cell>
                <a href={reportAddress(relative(folder, one.folder))}>{one.name}</a>
                <div class="meaning">
                  {one.changes.map((change) => (
                    <div key={change}>
                      <code>{change}</code>
                    </div>
                  ))}
                </div>
              </Cell>
              {[one.difference.second, one.difference.first].map(shownFigure)}
              {signed(one.difference.difference)}
              {between(one.difference, SIGNED_TO)}
              {[one.difference.p, one.difference.pHolm].map(probability)}
              {verdict(one)}
            </Row>
          ))}
        </Table>
      )}
      <p class="small muted">
        The difference is the setting's score less the base's on the same{" "}
        {unit}s, its interval and p by Student's t over subjects who are left out of both (seeds are averaged). “p,
        Holm” is corrected for as many comparisons as have a p (Holm 1979). Nothing was chosen by these figures, and
        nothing may be: the test part was opened for each setting.
      </p>
    </Section>
  );
}

function Curve({ results, figure: drawn, folder }: PartProps) {
  const { curve } = results;
  if (!drawn) return null;
  const name = comparedScoreName(results);
  const twins = curve.some(({ random }) => random);
  return (
    <Section id="curve" title="Learning curve">
      <Plot
        id="curve"
        figure={drawn}
        title={`${name} by the training subjects`}
        caption="The same test subjects at every point, each with its 95 % interval over them. A curve that still rises asks for more subjects."
      />
      <Table
        label="Scores by the share of training subjects"
        head={[
          "share of the subjects",
          ...numbers("training subjects", "score", "95 % interval"),
          ...twins ? numbers("from random weights", "gain over them", "95 % interval") : [],
        ]}
      >
        {curve.map((point) => (
          <Row key={point.share}>
            <a href={reportAddress(relative(folder, point.folder))}>{Math.round(100 * point.share)} %</a>
            {point.subjects}
            {shownFigure(point.score.value)}
            {between(point.score, TO)}
            {twins ? twinCells(point.random, folder) : []}
          </Row>
        ))}
      </Table>
    </Section>
  );
}

/** What the weights of a run gave over random ones. */
function twinCells(random: RandomPoint | undefined, folder: string) {
  if (!random) return ["–", "–", "–"];
  const { score, gain } = random;
  return [
    <a key="twin" href={reportAddress(relative(folder, random.folder))}>{shownFigure(score.value)}</a>,
    signed(gain.difference),
    between(gain, SIGNED_TO),
  ];
}

/** Names that leave a narrow figure room, as long as they still differ. */
function shortNames(names: readonly string[]): readonly string[] {
  const short = names.map((name) => name.length > 26 ? `${name.slice(0, 25)}…` : name);
  return new Set(short).size === names.length ? short : names;
}

function told({ difference: { pHolm } }: AblationResults["settings"][number]): boolean {
  return pHolm !== null && pHolm < LEVEL;
}

function verdict(one: AblationResults["settings"][number]): string {
  if (one.difference.p === null) return "can't be told";
  if (!told(one)) return "not told from chance";
  return one.difference.better === "second" ? "worse than the base" : "better than the base";
}

const TO = { to: " to " }, SIGNED_TO = { shown: signed, ...TO };

function probability(value: number | null): string {
  return value !== null && value < 0.001 ? "<0.001" : shownFigure(value);
}
