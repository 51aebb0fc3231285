/** What is told of a recording that the model was trained on. */
export const KNOWN = "The model was trained on this very recording: that it is right says nothing of what it can.";
