import type { HeatMap } from "./heat_map.ts";

/** A box on the spectrogram in which the heat should lie: half-open ranges. */
export interface Region {
  frames: readonly [number, number];
  /** All bands where left out. */
  bands?: readonly [number, number];
}

/** Result of {@linkcode pointingGame}. */
export interface PointingResult {
  /** Share of the heat maps whose largest value lies in one of their regions. */
  hits: number;
  /** Share of the area that the regions cover: what pointing anywhere reaches. */
  chance: number;
  /** Heat maps that were judged: those with regions and with any heat. */
  n: number;
}

/**
 * The pointing game (Zhang et al. 2018): does the hottest point lie on the sound?
 *
 * @param tolerance Frames and bands that a point may lie outside. @default {0}
 */
export function pointingGame(
  maps: readonly { map: HeatMap; regions: readonly Region[] }[],
  { tolerance = 0 }: { tolerance?: number } = {},
): PointingResult {
  const judged = maps.filter(({ map, regions }) => regions.length > 0 && map.heat.some((value) => value > 0));
  let hits = 0, chance = 0;
  for (const { map, regions } of judged) {
    const inside = (frame: number, band: number) =>
      regions.some(({ frames, bands = [0, map.bands] }) =>
        frame >= frames[0] - tolerance && frame < frames[1] + tolerance &&
        band >= bands[0] - tolerance && band < bands[1] + tolerance
      );
    const hottest = map.heat.indexOf(map.heat.reduce((a, b) => Math.max(a, b)));
    hits += Number(inside(Math.floor(hottest / map.bands), hottest % map.bands));
    let area = 0;
    for (let i = 0; i < map.heat.length; i++) area += Number(inside(Math.floor(i / map.bands), i % map.bands));
    chance += area / map.heat.length;
  }
  return { hits: hits / judged.length, chance: chance / judged.length, n: judged.length };
}
