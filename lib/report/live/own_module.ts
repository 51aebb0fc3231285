// Runs the module of somebody's own input in the page, before the page looks for the input by its name.

import * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import * as audio from "../../audio/mod.ts";
import * as errors from "../../errors/mod.ts";
import * as features from "../../features/page.ts";
import * as random from "../../random/mod.ts";
import { absent, doneReading } from "./absent.ts";

declare global {
  /** The module as `liveScript` bundles it: a function of what it imports by. */
  var ownModule: (require: (name: string) => object, module: object) => void;
}

const rooms = { z, ...audio, ...errors, ...features, ...random };
globalThis.ownModule((name) => absent(name, /\/tf(js)?$/.test(name) ? tf : rooms), {});
doneReading();
