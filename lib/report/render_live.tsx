import { recordingEndings } from "../audio/recording_endings.ts";
import { UsageError } from "../errors/mod.ts";
import { encodersIn } from "../features/mod.ts";
import { packageUrl } from "../files/mod.ts";
import { modelWorth } from "../predict/model_worth.ts";
import { type Bundle, type ReadBundle, readBundle, readNetworkFiles, runIn } from "../runs/mod.ts";
import type { LiveData, LiveNetwork } from "./live/live_data.ts";
import { writePage } from "./page/render_page.tsx";

const WASM = "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm";

/**
 * Writes `live.html` into a run folder: the run's model in a page of its own, with its weights, tfjs and the pipeline
 * inside. Dropped or recorded sounds are judged on the reader's machine; the page can make no request.
 *
 * @param options `script`: what `liveScript` makes.
 * @returns the path of the page.
 * @throws {DataError} where the bundle is missing or damaged.
 * @throws {UsageError} for a run that hears by an encoder, or is given more than the sound.
 */
export async function renderLivePage(folder: string, { script }: { script: string }): Promise<string> {
  const run = runIn(folder);
  const { bundle, read } = await readBundle(run.path("model"));
  refuse(bundle);
  const data: LiveData = {
    bundle,
    networks: await Promise.all(bundle.members.map(({ model }) => liveNetwork(model, read))),
    wasm: (await Deno.readFile(await packageUrl(WASM))).toBase64(),
  };
  return await writePage(run.path("live.html"), {
    title: `${bundle.title} · live`,
    kind: "live",
    packed: script,
    computes: true,
    data,
    body: <Body bundle={bundle} />,
  });
}

/** A page holds neither encoders nor what is known of a patient. */
function refuse({ input, members }: Bundle) {
  const given = new Set(members.flatMap(({ metadata = [] }) => metadata.map(({ attribute }) => attribute)));
  const [encoder] = encodersIn(input), judge = "judge recordings by deno task predict, which takes";
  if (encoder !== undefined) {
    throw new UsageError({
      expected: "an input that a page can hold",
      found: `the encoder ${encoder.file}, licence ${encoder.licence}, whose weights are no part of a page`,
      where: "deno task live",
      remedy: `${judge} the file by --encoder`,
    });
  }
  if (given.size > 0) {
    throw new UsageError({
      expected: "a model that goes by the sound alone, since a page asks for nothing else",
      found: `one that is given ${[...given].join(", ")} too`,
      where: "deno task live",
      remedy: `${judge} a table of patients by --about`,
    });
  }
}

function Body({ bundle }: { bundle: Bundle }) {
  const worth = modelWorth(bundle);
  return (
    <>
      <header class="head">
        <h1>{bundle.title}</h1>
        <p class="question">
          The model of this run, on your machine: it tells {bundle.classes.join(" from ")} in a recording.
        </p>
        <p>What it is worth, on recordings that it hadn't heard: {worth.score}.</p>
        {worth.warning && <p class="note warning" role="note">{worth.warning}</p>}
      </header>
      <section aria-label="Your recording">
        <div id="drop" class="drop">
          <p>
            <label for="file">Drop a recording here, or choose one:</label>{" "}
            <input
              id="file"
              type="file"
              multiple
              accept={`audio/*,${recordingEndings.map((ending) => `.${ending}`).join(",")}`}
            />
          </p>
          <button type="button" id="record">Record by microphone</button>
        </div>
        <p id="live-status" role="status">Loading the model …</p>
        <div id="answers" class="errors" aria-live="polite" />
      </section>
      <footer>
        Sounds stay on this machine: the page can make no request. It is the pipeline of deno task predict, with the
        same weights. Research use only: no medical device, no diagnosis.
      </footer>
    </>
  );
}

async function liveNetwork(model: string, read: ReadBundle["read"]): Promise<LiveNetwork> {
  const { weights, ...network } = await readNetworkFiles(model, read);
  return { ...network, weights: weights.toBase64() };
}
