import { describe, expect, it } from 'vitest';
import { Captions } from '../src/captions';
import type { Caption } from '../src/captions';

function recorded(): { captions: Captions; changes: Caption[] } {
  const changes: Caption[] = [];
  return { captions: new Captions((caption) => changes.push(caption)), changes };
}

describe('Captions', () => {
  it('grows an utterance of the agent by its deltas', () => {
    const { captions, changes } = recorded();
    const stream = captions.open('a', 'agent');
    stream.append('Good ');
    stream.append('morning.');
    stream.end(true);
    expect(changes.map(({ text, isFinal }) => [text, isFinal])).toEqual([
      ['Good ', false],
      ['Good morning.', false],
      ['Good morning.', true],
    ]);
  });

  it('replaces the text of a segment by each newer stream of it', () => {
    const { captions } = recorded();
    for (const [text, isFinal] of [['what', false], ['what time', false], ['what time is it', true]] as const) {
      const stream = captions.open('u', 'user');
      stream.append(text);
      stream.end(isFinal);
    }
    expect(captions.all).toEqual([{ id: 'user/u', speaker: 'user', text: 'what time is it', isFinal: true }]);
  });

  it('keeps the older text on the screen until a newer stream has text', () => {
    const { captions, changes } = recorded();
    captions.open('u', 'user').append('what');
    captions.open('u', 'user');
    expect(captions.all.map(({ text }) => text)).toEqual(['what']);
    expect(changes).toHaveLength(1);
  });

  it('ignores what still arrives on a stream that a newer one has replaced', () => {
    const { captions } = recorded();
    const older = captions.open('u', 'user');
    older.append('what tie');
    const newer = captions.open('u', 'user');
    newer.append('what time');
    older.append('r');
    older.end(true);
    expect(captions.all).toEqual([{ id: 'user/u', speaker: 'user', text: 'what time', isFinal: false }]);
  });

  it('stays open when a stream ends that is not the last of its segment', () => {
    const { captions } = recorded();
    const stream = captions.open('u', 'user');
    stream.append('hello');
    stream.end(false);
    expect(captions.all[0]?.isFinal).toBe(false);
  });

  it('withdraws a caption whose final text is empty', () => {
    const { captions, changes } = recorded();
    captions.open('u', 'user').append('hmm');
    captions.open('u', 'user').end(true);
    expect(captions.all).toEqual([]);
    expect(changes.at(-1)).toEqual({ id: 'user/u', speaker: 'user', text: '', isFinal: true });
  });

  it('orders segments by their beginning, not by their last change', () => {
    const { captions } = recorded();
    const user = captions.open('u', 'user');
    user.append('one');
    captions.add('a', 'agent', 'two');
    user.append(' more');
    expect(captions.all.map(({ text }) => text)).toEqual(['one more', 'two']);
  });

  it('keeps the speakers apart, whatever ids they use', () => {
    const { captions } = recorded();
    captions.add('1', 'user', 'What time is it?');
    captions.add('1', 'agent', 'It is late.');
    expect(captions.all.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['user', 'What time is it?'],
      ['agent', 'It is late.'],
    ]);
  });

  it('reports nothing when nothing has changed', () => {
    const { captions, changes } = recorded();
    const stream = captions.open('u', 'user');
    stream.append('same');
    stream.append('');
    captions.open('u', 'user').append('same');
    expect(changes).toHaveLength(1);
  });

  it('forgets everything for the next conversation, also what arrives late', () => {
    const { captions, changes } = recorded();
    const late = captions.open('a', 'agent');
    late.append('old');
    captions.clear();
    late.append(' words');
    expect(captions.all).toEqual([]);
    expect(changes).toHaveLength(1);
  });
});
