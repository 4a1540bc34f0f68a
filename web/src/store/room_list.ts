// Rooms as people type or paste them: one a line, "12", "12 Sørlia", "Sørlia", or a table with
// commas, semicolons or tabs; a heading is skipped and a name met again (one line per person, as
// meeting tools write it) is one room. Pure.

export type NewRoom = { number: number; name: string };

const headings = [
  'number',
  'room',
  'nummer',
  'rom',
  'gruppe',
  'bord',
  'nr',
  'pre-assign room name',
];

function cellsOf(line: string): string[] {
  const cells = [...line.matchAll(/(?:^|[,;\t])\s*(?:"((?:[^"]|"")*)"|([^,;\t]*))/g)];
  return cells.map(([, quoted, bare]) => (quoted?.replaceAll('""', '"') ?? bare ?? '').trim());
}

// `after`: the highest number taken already; rooms without a number get the next free ones.
export function readRooms(list: string, after = 0): NewRoom[] {
  const rows = list
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map(cellsOf);
  const isHeading = headings.includes(rows[0]?.[0]?.toLowerCase() ?? '');
  const wanted: { number?: number; name: string }[] = [];
  const names = new Set<string>();
  for (const [first, second = ''] of rows.slice(isHeading ? 1 : 0)) {
    if (!first) continue;
    const [, digits, rest] = /^(\d{1,4})(?:[\s.:·-]+(.*))?$/.exec(first) ?? [];
    if (digits) wanted.push({ number: Number(digits), name: rest || second });
    else if (!names.has(first)) wanted.push({ name: first });
    names.add(first);
  }
  return numbered(wanted, after);
}

function numbered(wanted: { number?: number; name: string }[], after: number): NewRoom[] {
  const taken = new Set(wanted.flatMap(({ number }) => number ?? []));
  let next = after;
  return wanted.map(({ number, name }) => {
    if (number !== undefined) return { number, name };
    do next += 1;
    while (taken.has(next));
    return { number: next, name };
  });
}

// Numbers that stand there more than once.
export function doubled(rooms: NewRoom[]): number[] {
  const seen = new Set<number>();
  return [
    ...new Set(rooms.map(({ number }) => number).filter((n) => seen.size === seen.add(n).size)),
  ];
}
