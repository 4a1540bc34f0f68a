// Goal: a code typed in any reasonable way is the code that was meant.
import { describe, expect, it } from 'vitest';
import { fromPath, isWhole, readCode, showCode } from '../../src/join/code.ts';
import { faultOf, waitSeconds } from '../../src/join/faults.ts';

describe('a typed code', () => {
  it.each([
    ['7kq4-m2xb', '7KQ4M2XB'],
    [' 7KQ4 M2XB ', '7KQ4M2XB'],
    ['o1il0000', '01110000'],
    ['7KQ4–M2XB', '7KQ4M2XB'],
    ['7KQ4M2XBTOOLONG', '7KQ4M2XB'],
    ['æøå!', ''],
  ])('%s is read as %s', (typed, code) => expect(readCode(typed)).toBe(code));

  it('is shown in two halves', () => {
    expect(showCode('7KQ4M2XB')).toBe('7KQ4-M2XB');
    expect(showCode('7KQ')).toBe('7KQ');
    expect(isWhole('7KQ4M2X')).toBe(false);
    expect(isWhole('7KQ4M2XB')).toBe(true);
  });
});

describe('an address', () => {
  it.each([
    ['/', { code: '' }],
    ['/7KQ4-M2XB', { code: '7KQ4M2XB' }],
    ['/7kq4m2xb/23', { code: '7KQ4M2XB', room: 23 }],
    ['/7KQ4-M2XB/x', { code: '7KQ4M2XB' }],
    ['/console', { code: '' }],
    ['/7KQ4M2XBQQ', { code: '' }],
    ['/%', { code: '' }],
  ])('%s says %o', (path, expected) => expect(fromPath(path)).toEqual(expected));
});

describe('a refused join', () => {
  const problem = (code: string, status = 409) => ({ status, code, detail: 'why' });
  it('puts the fault at the field it is about', () => {
    expect(faultOf(problem('unknown_code', 404), { code: 'X', room: '' }).field).toBe('code');
    expect(faultOf(problem('name_too_long'), { code: 'X', room: '' }).field).toBe('name');
  });
  it('leads to the list of rooms when the room is the fault', () => {
    for (const code of ['unknown_room', 'room_closed', 'room_full']) {
      expect(faultOf(problem(code), { code: 'X', room: 'Gruppe 2' }).choose).toBe(true);
    }
  });
  it('says what the server said when it knows no better', () => {
    expect(faultOf(problem('new_thing'), { code: 'X', room: '' }).params).toEqual({
      detail: 'why',
    });
  });
  it('waits when the server is busy, as long as it asks', () => {
    expect(waitSeconds({ ...problem('busy', 503), retryMs: 3_500 })).toBe(4);
    expect(waitSeconds(problem('too_many_tries', 429))).toBe(2);
    expect(waitSeconds(problem('unknown_code', 404))).toBeUndefined();
  });
});
