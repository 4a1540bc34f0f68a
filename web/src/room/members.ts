// Names as people type or paste them: one member a line, the organisation after a comma, a
// semicolon or a tab. Pure.

export type NewMember = { person: string; organisation: string };

export function readMembers(typed: string): NewMember[] {
  const lines = typed.split(/\r\n|\r|\n/).map((line) => line.trim());
  return lines.filter(Boolean).map((line) => {
    const [, person, organisation = ''] = /^([^,;\t]*)[,;\t]?(.*)$/.exec(line) ?? ['', line];
    return { person: person.trim(), organisation: organisation.trim() };
  });
}
