/** A Vulkan that Chromium brings along and the processor computes. */
export const SWIFTSHADER = "/usr/lib/chromium/vk_swiftshader_icd.json";

/** What a check on a graphics card needs. */
export const CARD = { programs: ["chromium"] };
