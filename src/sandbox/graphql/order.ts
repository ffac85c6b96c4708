/** GitHub's `orderBy` arguments. */
export interface Order<FieldName extends string> {
  readonly field: FieldName;
  readonly direction: 'ASC' | 'DESC';
}

/** Compares by the ordered field; ties keep their place, so that equal time stamps page steadily. */
export function byOrder<Item, FieldName extends string>(
  order: Order<FieldName>,
  sortKeys: Readonly<Record<FieldName, (item: Item) => string | number>>,
): (a: Item, b: Item) => number {
  const read = sortKeys[order.field];
  const sign = order.direction === 'ASC' ? 1 : -1;
  return (a, b) => {
    const [left, right] = [read(a), read(b)];
    return left < right ? -sign : left > right ? sign : 0;
  };
}
