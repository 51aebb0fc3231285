/** What reaches a floor of a score, in words. */
export const floorWords: Record<string, string> = {
  majority: "always naming the most frequent class",
  prior: "guessing by how frequent each class is",
  "all-positive": "calling everything abnormal",
  shortcut: "what surrounds the sound (length, loudness, source)",
  linear: "a linear model on the mean spectrum",
  nearest: "looking up the most similar training sound",
};
