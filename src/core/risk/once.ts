/** The same function, which finds what it tells of a name only the first time that it is asked. */
export function once<Value extends NonNullable<unknown>>(make: (name: string) => Value): (name: string) => Value {
  const made = new Map<string, Value>();
  return (name) => {
    const value = made.get(name) ?? make(name);
    made.set(name, value);
    return value;
  };
}
