import { SERIES } from "../../plots/mod.ts";
import { Section } from "../page/section.tsx";
import { MARKS, QuestionChart } from "./question_chart.tsx";
import { type RunQuestion, sameItems } from "./run_questions.ts";

/** All runs of a question on one axis, a question at a time; the page's script chooses what is shown. */
export function RunsChart({ questions }: { questions: readonly RunQuestion[] }) {
  // First those that have something to be held against something.
  const rivals = ({ runs }: RunQuestion) => sameItems(runs)[0].length > 1 ? 0 : 1;
  const ordered = questions.toSorted((a, b) => rivals(a) - rivals(b));
  const series = SERIES.light.map((colour, i) => [`--series-${i}`, `light-dark(${colour}, ${SERIES.dark[i]})`]);
  return (
    <Section id="chart" title="Runs on one axis">
      <p class="small muted">
        Each mark is a run's score, its bar the interval over subjects. What the grey reaches can be had without
        listening; shorter ticks are weaker floors. The pale band carries one run's interval through the others: point
        at a run, or step to its link. Only runs that the filter above leaves are drawn.
      </p>
      <svg width="0" height="0" aria-hidden="true" style={{ position: "absolute" }}>
        {MARKS.map((path, i) => <path key={i} id={`mark-${i}`} d={path} />)}
      </svg>
      <div id="runs-chart" style={Object.fromEntries(series)}>
        <div class="asked choices">
          <label>
            Runs on{" "}
            <select id="chart-question" autocomplete="off">
              {ordered.map(({ name }, q) => <option key={q} value={q}>{name}</option>)}
            </select>
          </label>
        </div>
        <p hidden>No run that was judged passes the filter.</p>
        {ordered.map((question, q) => <QuestionChart key={q} question={question} hidden={q > 0} />)}
      </div>
    </Section>
  );
}
