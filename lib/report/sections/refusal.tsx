import { Section } from "../page/section.tsx";
import { tracer } from "../page/table.tsx";
import type { ReportView } from "../report_view.ts";

const FILE = "model/bundle.json";
const traced = tracer(FILE);

/** What the model does not answer, and how often that meets recordings that it should. */
export function Refusal({ view }: { view: ReportView }) {
  const { bundle } = view.run;
  if (!bundle) return null;
  const { neighbours, quality } = bundle;
  const noisy = quality?.heldOut;
  return (
    <Section id="refusal" title="What it refuses to answer" short="Refusal">
      {neighbours ? <Novelty neighbours={neighbours} /> : (
        // Where no recording of a training or validation part is long enough to be told by its sound.
        <p>
          A new recording is refused, with the reason, where it is silent, clipped, too short or too noisy. Its{" "}
          <code>{FILE}</code>{" "}
          holds no training recordings to compare with: a sound of another kind is answered like any other, and nothing
          is said of what a recording resembles.
        </p>
      )}
      {neighbours && noisy && (
        <p>
          Too noisy is what is poorer than 99 of 100 of this run's own training and validation recordings, as experts
          hear {quality.sound} sounds:{" "}
          {traced(noisy.recordings - noisy.accepted, "quality.heldOut: recordings less accepted")} of{" "}
          {traced(noisy.recordings, "quality.heldOut.recordings")} test recordings were refused for it.
        </p>
      )}
    </Section>
  );
}

type Neighbours = NonNullable<NonNullable<ReportView["run"]["bundle"]>["neighbours"]>;

function Novelty({ neighbours: { heldOut, labels, limit } }: { neighbours: Neighbours }) {
  const accepted = heldOut ? 100 * heldOut.accepted / Math.max(1, heldOut.recordings) : 0;
  return (
    <>
      <p>
        A new recording is refused, with the reason, where it is silent, clipped, too short or too noisy, and where it
        sounds unlike every one of {traced(labels.length, "neighbours.labels")}{" "}
        training recordings: its distance from the nearest one is above{" "}
        {traced(limit, "neighbours.limit", 2)}, which 95 of 100 recordings of subjects that were left out stay below.
      </p>
      {heldOut && (
        <p>
          Of {traced(heldOut.recordings, "neighbours.heldOut.recordings")}{" "}
          test recordings of subjects that were not learned from,{" "}
          {traced(heldOut.accepted, "neighbours.heldOut.accepted")} (
          {traced(`${accepted.toFixed(1)} %`, "neighbours.heldOut: accepted of recordings")}) were accepted as of the
          training recordings' kind. The distance hears device and room as well as the body: recordings of another
          stethoscope are often refused, since the scores say nothing of it.
        </p>
      )}
    </>
  );
}
