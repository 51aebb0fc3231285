import { expect } from "expect";
import { augmentationPictures, PICTURES } from "./write_pictures.ts";

Deno.test("the picture of augmentations shows those that there are, as they are", async () => {
  const drawn = await Deno.readTextFile(PICTURES);
  const bare = (svg: string) => svg.replaceAll(/\s+/g, ""); // `deno fmt` breaks its lines
  expect(bare(drawn) === bare(await augmentationPictures())).toBe(true); // else: deno run -P=test …/write_pictures.ts
});
