/**
 * The configuration of a model or layer of tfjs without regularizers and constraints, which a network that is trained
 * needs no longer. tfjs would apply constraints to weights that it loads, averaged ones as well, and it writes the
 * regularizer of a depthwise convolution in the place of its constraint.
 */
export function withoutRules<Config>(config: Config): Config {
  if (Array.isArray(config)) return config.map(withoutRules) as Config;
  if (typeof config !== "object" || config === null) return config;
  const kept = (key: string, value: unknown) => /regularizer$|constraint$/i.test(key) ? null : withoutRules(value);
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, kept(key, value)])) as Config;
}
