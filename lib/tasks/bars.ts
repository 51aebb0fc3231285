import { progress } from "../files/progress.ts";

/** Bars one after the other, each from the first word of what it counts. */
export function bars() {
  let bar: ReturnType<typeof progress> | undefined, current: string | undefined;
  return {
    show(title: string, done: number, total: number) {
      if (title !== current) {
        bar?.stop();
        bar = progress(title, total);
      }
      current = title;
      bar!.update(done);
    },
    stop: () => bar?.stop(),
  };
}
