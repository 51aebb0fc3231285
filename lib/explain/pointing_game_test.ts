import { expect } from "expect";
import { heatMap } from "./heat_map.ts";
import { pointingGame } from "./pointing_game.ts";
import { rankCorrelation } from "./sanity_check.ts";

const map = (hottest: number) =>
  heatMap(Float32Array.from({ length: 20 }, (_, i) => Number(i === hottest)), { frames: 5, bands: 4 });

Deno.test("pointingGame() counts the hottest points inside a region, and what chance would reach", () => {
  const regions = [{ frames: [1, 3] as const, bands: [0, 2] as const }]; // points 4, 5, 8, 9: a fifth of the area
  const result = pointingGame([{ map: map(9), regions }, { map: map(10), regions }]);
  expect(result).toEqual({ hits: 0.5, chance: 0.2, n: 2 });
  expect(pointingGame([{ map: map(10), regions }], { tolerance: 1 }).hits).toBe(1);
});

Deno.test("pointingGame() leaves out maps without heat and recordings without a region", () => {
  const cold = heatMap(new Float32Array(20), { frames: 5, bands: 4 });
  const regions = [{ frames: [0, 5] as const }];
  expect(pointingGame([{ map: cold, regions }, { map: map(0), regions: [] }, { map: map(0), regions }])).toEqual({
    hits: 1,
    chance: 1,
    n: 1,
  });
});

Deno.test("rankCorrelation() agrees with scipy.stats.spearmanr, ties included", () => {
  expect(rankCorrelation([1, 2, 2, 5], [3, 1, 4, 9])).toBeCloseTo(0.6324555320336759, 12);
});
