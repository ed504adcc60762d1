/**
 * A function of one object that is worked out once for each, such as what several rules ask of a model. What it gave is
 * forgotten together with the object. The object is no node of a tree: a node stays when the text below it changes.
 */
export function once<K extends object & { offset?: never }, T>(work: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, T>();
  return (of) => {
    let result = known.get(of);
    if (result === undefined) {
      result = work(of);
      known.set(of, result);
    }
    return result;
  };
}
