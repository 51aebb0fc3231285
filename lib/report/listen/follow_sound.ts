// The cursor, the meter and the play button follow the sound. Runs in the page.
import type { App } from "./app.ts";
import type { Player } from "./player.ts";

/** Follows, frame by frame; with loop on, a chosen event is played again and again. */
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
