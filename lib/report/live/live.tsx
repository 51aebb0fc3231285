// The script of the live page: a sound that is dropped, chosen or recorded goes through the pipeline of `deno task
// predict`, in this browser. Bundled by `liveScript`.

import { render, type VNode } from "preact";
import { predictSound } from "../../predict/predict_sound.ts";
import { Answer, Unread } from "./answer.tsx";
import { drawnInput } from "../../features/input_presets.ts";
import { openInput } from "../../features/open_input.ts";
import { channelOf } from "../../features/window_shape.ts";
import { explainSound } from "./explain_sound.ts";
import type { LiveData } from "./live_data.ts";
import { openNetworks } from "./open_networks.ts";
import { readSound } from "./read_sound.ts";

const data: LiveData = JSON.parse(document.getElementById("data")!.textContent!);
const drop = document.getElementById("drop")!;
const chooser = document.getElementById("file") as HTMLInputElement;
const record = document.getElementById("record") as HTMLButtonElement;
const status = document.getElementById("live-status")!;
const answers = document.getElementById("answers")!;
const opened = openNetworks(data);
opened.then(() => say("Ready."), (error) => say(`The model can't be loaded here: ${error.message}`));

chooser.addEventListener("change", () => hearAll(chooser.files));
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  hearAll(event.dataTransfer?.files ?? null);
});

async function hearAll(files: FileList | null) {
  for (const file of files ?? []) await hear(file, file.name);
}

/** One sound to one answer or one sentence; never a blank page. */
async function hear(file: Blob, name: string) {
  say(`Listening to ${name} …`);
  try {
    const sound = await readSound(file, name);
    const { networks, model } = await opened;
    const { bundle } = data;
    const started = performance.now();
    const prediction = await predictSound({ bundle, networks }, sound.samples, sound);
    const took = (performance.now() - started) / 1000;
    const { label } = prediction;
    const heat = label === null ? null : await explainSound(sound, { bundle, model, label });
    const input = openInput(drawnInput(bundle.input));
    const picture = channelOf(await input.compute(input.prepare(sound.samples, sound)), input);
    show(<Answer {...{ name, sound, prediction, bundle, took, picture, heat }} />);
    say("Ready.");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say(message);
    show(<Unread name={name} message={message} />); // the next file takes its place in the line above, and not here
  }
}

function show(card: VNode) {
  const place = document.createElement("div");
  render(card, place);
  const shown = place.firstElementChild!;
  answers.prepend(shown);
  shown.dispatchEvent(new CustomEvent("card-shown", { bubbles: true }));
}

let recorder: MediaRecorder | null = null;
record.addEventListener("click", async () => {
  if (recorder) return recorder.stop();
  try {
    // Calls for plain sound: a browser's cleaning of speech removes what is listened for here.
    const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    const pieces: Blob[] = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      recorder = null;
      record.textContent = "Record by microphone";
      hear(new Blob(pieces), "microphone");
    });
    recorder.start();
    record.textContent = "Stop and listen";
    say("Recording: 15 seconds or more.");
  } catch {
    say("The microphone can't be used: allow it for this page, or drop a file.");
  }
});

function say(text: string) {
  status.textContent = text;
}
