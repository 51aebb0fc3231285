// One player for all sounds of the page: filters, level, loop and speed stay when the sound changes. Runs in the page.
import type { App } from "./app.ts";

/** A filter as stethoscopes have them. */
export interface Filter {
  name: string;
  /** Corner of the high-pass, Hz. */
  low?: number;
  /** Corner of the low-pass, Hz. */
  high?: number;
}

/**
 * What an electronic stethoscope's modes bring out (3M Littmann 3200, user's manual: bell 20 to 200 Hz, diaphragm 100 to 500
 * Hz): second-order Butterworth filters, so that what lies beyond falls by 12 dB an octave and is still heard, as there.
 */
export const FILTERS: readonly Filter[] = [
  { name: "Wide" },
  { name: "Bell", low: 20, high: 200 },
  { name: "Diaphragm", low: 100, high: 500 },
];

/** Times as fast, the pitch kept. */
export const SPEEDS = [1, 0.5, 1.5, 2] as const;

/** dB. */
export const GAINS = { least: -20, most: 20, step: 2 };

/** A sound that is ready to be played. */
export interface Playable {
  audio: HTMLAudioElement;
  seconds: number;
}

/** What is set, and stays. */
export interface PlayerSettings {
  filter: number;
  speed: number;
  /** dB. */
  gain: number;
  loop: boolean;
}

export interface Player {
  /** Plays from where it is, or from a time; what else plays falls silent. */
  play(sound: Playable, from?: number): void;
  pause(): void;
  set(settings: PlayerSettings): void;
  /** Peak of what is heard now, 1 for full scale. */
  level(): number;
}

/** Makes the player; its audio context begins with the first sound, as browsers ask for. */
export function makePlayer(settings: PlayerSettings): Player {
  let graph: ReturnType<typeof makeGraph> | undefined;
  let current: Playable | undefined;
  const joined = new WeakSet<HTMLAudioElement>();
  const apply = () => {
    if (current) {
      current.audio.loop = settings.loop;
      current.audio.playbackRate = settings.speed;
      current.audio.preservesPitch = true;
    }
    graph?.set(settings);
  };
  return {
    play(sound, from) {
      graph ??= makeGraph();
      if (current !== sound) current?.audio.pause();
      current = sound;
      if (!joined.has(sound.audio)) {
        joined.add(sound.audio);
        graph.join(sound.audio);
      }
      apply();
      if (from !== undefined) sound.audio.currentTime = from;
      sound.audio.play().catch(() => {});
    },
    pause: () => current?.audio.pause(),
    set(next) {
      settings = next;
      apply();
    },
    level: () => graph?.level() ?? 0,
  };
}

function makeGraph() {
  const context = new AudioContext();
  const highPass = new BiquadFilterNode(context, { type: "highpass", Q: 0 });
  const lowPass = new BiquadFilterNode(context, { type: "lowpass", Q: 0 });
  const gain = new GainNode(context);
  const meter = new AnalyserNode(context, { fftSize: 2048 });
  highPass.connect(lowPass).connect(gain).connect(meter).connect(context.destination);
  const heard = new Float32Array(meter.fftSize);
  return {
    join(audio: HTMLAudioElement) {
      context.createMediaElementSource(audio).connect(highPass);
    },
    set({ filter, gain: level }: PlayerSettings) {
      context.resume();
      const { low = 0, high = context.sampleRate / 2 } = FILTERS[filter];
      // Web Audio states Q in dB: a Butterworth filter of second order has 20 log10(1/√2).
      for (const [node, hertz] of [[highPass, low], [lowPass, high]] as const) {
        node.frequency.value = hertz;
        node.Q.value = -3.01;
      }
      gain.gain.value = 10 ** (level / 20);
    },
    level() {
      meter.getFloatTimeDomainData(heard);
      return heard.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
    },
  };
}

/** Cursor, meter and play button follow the sound, frame by frame; with loop on, a chosen event is played again and again. */
export function followSound(app: App, player: Player): void {
  const { shown } = app;
  const frame = () => {
    requestAnimationFrame(frame);
    const sound = shown.heard.get(app.sound().item);
    if (!sound) return;
    const { audio, seconds } = sound;
    const event = app.judgement().events[shown.selected];
    if (event && shown.settings.loop && !audio.paused && audio.currentTime >= event.end) {
      audio.currentTime = event.start;
    }
    const cursor = document.querySelector<HTMLElement>("#listen .cursor");
    if (cursor) cursor.style.left = `${100 * Math.min(1, audio.currentTime / seconds)}%`;
    const play = document.getElementById("play");
    const word = audio.paused ? "Play" : "Pause";
    if (play && play.textContent !== word) play.textContent = word;
    const level = document.getElementById("level");
    const peak = player.level();
    if (level) {
      // From -48 dB to full scale.
      level.style.width = `${Math.max(0, Math.min(100, 100 + 100 / 48 * 20 * Math.log10(peak + 1e-9)))}%`;
      level.classList.toggle("over", peak > 1);
    }
  };
  frame();
}
