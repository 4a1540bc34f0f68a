// Whose words a note is: a member of the room, somebody outside it, or the group as it is.

export type Source = { from: string; organisation: string };
export const the_group: Source = { from: '', organisation: '' };
export const outside = 'other';

// As write_note takes it.
export const namedBy = ({ from, organisation }: Source) =>
  from === outside ? { organisation: organisation.trim() } : { from: from || undefined };
