// Goal: a list of rooms is read as the organiser means it, however it was pasted.
import { expect, it } from 'vitest';
import { doubled, readRooms } from '../../src/store/room_list.ts';

const rooms = (list: string, after?: number) =>
  readRooms(list, after).map(({ number, name }) => [number, name]);

it('numbers, names, or both', () => {
  expect(rooms('12\nSørlia\n7 Nesset\n\n  Høgda  ')).toEqual([
    [12, ''],
    [1, 'Sørlia'],
    [7, 'Nesset'],
    [2, 'Høgda'],
  ]);
});
it('a table with a heading, in any of the usual separators', () => {
  expect(rooms('\uFEFFnr;navn\r\n1;Sørlia\r\n2;"Nes; ""indre"""')).toEqual([
    [1, 'Sørlia'],
    [2, 'Nes; "indre"'],
  ]);
  expect(rooms('Rom\tNavn\n3\tLia')).toEqual([[3, 'Lia']]);
  expect(rooms('4,Vik')).toEqual([[4, 'Vik']]);
});
it('a meeting tool’s list with one line per person names each room once', () => {
  const list =
    'Pre-assign Room Name,Email Address\n' +
    'Sørlia,a@example.org\nSørlia,b@example.org\nNes,c@example.org';
  expect(rooms(list)).toEqual([
    [1, 'Sørlia'],
    [2, 'Nes'],
  ]);
});
it('goes on after the rooms there are', () => {
  expect(rooms('Lia\n16\nVik', 14)).toEqual([
    [15, 'Lia'],
    [16, ''],
    [17, 'Vik'],
  ]);
});
it('finds numbers that stand twice', () => {
  expect(doubled(readRooms('3\n3 Lia\n4'))).toEqual([3]);
});
