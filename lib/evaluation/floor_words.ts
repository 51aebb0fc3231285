/** What reaches a floor of a score, in words. */
export const floorWords: Record<string, string> = {
  majority: "always naming the most frequent class",
  prior: "guessing by how frequent each class is",
  "all-positive": "calling everything abnormal",
  shortcut: "what surrounds the sound (only length, loudness, source, place, device, position, age and sex)",
  metadata: "the metadata that the network is given too, without a sound",
  linear: "a linear model on the mean spectrum",
  "shortcut-without-duration": "what surrounds the sound without its length",
  "linear-with-duration": "a linear model on the mean spectrum and the length",
  "random-encoder": "the same encoder with random weights, under a linear model",
  chance: "guessing among those that stand together",
  "random-network": "the same network before it learned anything",
  "mean-spectrum": "the most similar mean spectrum",
  regular: "onsets as far apart as they are in training on average, whatever is heard",
  nearest: "looking up the most similar training sound",
};

/** Floors that hear the sound: a network that is no better may still be right, but a simpler model is too. */
export const hearingFloors = ["linear", "linear-with-duration", "random-encoder", "nearest"];
