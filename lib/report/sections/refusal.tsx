import { Traced } from "../page/traced.tsx";
import type { ReportView } from "../report_view.ts";

const FILE = "model/bundle.json";

/** What the model does not answer, and how often that meets recordings that it should. */
export function Refusal({ view }: { view: ReportView }) {
  const { bundle } = view.run;
  if (!bundle) return null;
  const { neighbours, quality } = bundle;
  if (!neighbours) return <NothingForeign />;
  const { heldOut, labels, limit } = neighbours;
  const accepted = heldOut ? 100 * heldOut.accepted / Math.max(1, heldOut.recordings) : 0;
  return (
    <section id="refusal" aria-labelledby="refusal-title">
      <h2 id="refusal-title">What it refuses to answer</h2>
      <p>
        A new recording is refused, with the reason, where it is silent, clipped, too short or too noisy, and where it
        sounds unlike every one of <Traced value={labels.length} file={FILE} at="neighbours.labels" />{" "}
        training recordings: its distance from the nearest one is above{" "}
        <Traced value={limit} file={FILE} at="neighbours.limit" digits={2} />, which 95 of 100 recordings of subjects
        that were left out stay below.
      </p>
      {heldOut && (
        <p>
          Of <Traced value={heldOut.recordings} file={FILE} at="neighbours.heldOut.recordings" />{" "}
          test recordings of subjects that were not learned from,{" "}
          <Traced value={heldOut.accepted} file={FILE} at="neighbours.heldOut.accepted" /> (
          <Traced value={`${accepted.toFixed(1)} %`} file={FILE} at="neighbours.heldOut: accepted of recordings" />)
          were accepted as of the training recordings' kind. The distance hears device and room as well as the body:
          recordings of another stethoscope are often refused, since the scores say nothing of it.
        </p>
      )}
      {quality?.heldOut && (
        <p>
          Too noisy is what is poorer than 99 of 100 of this run's own training and validation recordings, as experts
          hear {quality.sound} sounds:{" "}
          <Traced
            value={quality.heldOut.recordings - quality.heldOut.accepted}
            file={FILE}
            at="quality.heldOut: recordings less accepted"
          />{" "}
          of <Traced value={quality.heldOut.recordings} file={FILE} at="quality.heldOut.recordings" />{" "}
          test recordings were refused for it.
        </p>
      )}
    </section>
  );
}

/** Of a bundle that was written before bundles knew their training recordings. */
function NothingForeign() {
  return (
    <section id="refusal" aria-labelledby="refusal-title">
      <h2 id="refusal-title">What it refuses to answer</h2>
      <p>
        A new recording is refused, with the reason, where it is silent, clipped, too short or too noisy. Its{" "}
        <code>{FILE}</code>{" "}
        holds no training recordings to compare with: a sound of another kind is answered like any other, and nothing is
        said of what a recording resembles. Running the experiment again adds them.
      </p>
    </section>
  );
}
