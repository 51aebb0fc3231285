/**
 * Works on several items at the same time and yields the results in the order of the items, each as soon as it and those
 * before it are there: also where the next item is long in coming.
 *
 * @param ahead Items that are taken before their results are.
 */
export async function* mapInOrder<Item, Result>(
  items: AsyncIterator<Item>,
  work: (item: Item) => Promise<Result>,
  { ahead }: { ahead: number },
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  let coming: Promise<IteratorResult<Item>> | undefined;
  let ended = false;
  while (true) {
    if (!ended && underWay.length < ahead) coming ??= items.next();
    if (!coming && underWay.length === 0) return;
    const event = await Promise.race([
      ...underWay.slice(0, 1).map((result) => result.then(() => "result" as const)),
      // What ends the items early is thrown after the results of those before.
      ...coming
        ? [coming.then(() => "item" as const, (error) => underWay.length > 0 ? "error" : Promise.reject(error))]
        : [],
    ]);
    if (event === "item") {
      const { done, value } = await coming!;
      coming = undefined;
      if (done) ended = true;
      else {
        const result = work(value);
        result.catch(() => {}); // it is awaited in its turn
        underWay.push(result);
      }
    } else {
      yield await underWay.shift()!;
    }
  }
}
