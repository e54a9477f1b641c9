/**
 * Finds a shortest cycle through every group of files that import one another in a circle.
 * @param edges For each file, the files that it imports.
 * @returns Each cycle as the files in import order, beginning with the first by name; no two share a file.
 */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const reported = new Set<string>();
  for (const start of [...edges.keys()].sort()) {
    if (reported.has(start)) continue;
    const cycle = shortestWayBack(edges, start);
    if (!cycle || cycle.some((file) => reported.has(file))) continue;
    cycles.push(cycle);
    for (const file of cycle) reported.add(file);
  }
  return cycles;
}

function shortestWayBack(edges: ReadonlyMap<string, readonly string[]>, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of edges.get(file) ?? []) {
      if (next === start) {
        const way = [file];
        for (let at = file; at !== start; way.unshift(at)) at = cameFrom.get(at) ?? start;
        return way;
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return null;
}
