import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../src/problem';
import { requestSession } from '../src/session';

const answering = (response: Response | Error): void => {
  vi.stubGlobal('fetch', vi.fn(() => (response instanceof Error ? Promise.reject(response) : Promise.resolve(response))));
};
const problem = async (): Promise<Problem> => {
  const outcome: unknown = await requestSession(new AbortController().signal).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(Problem);
  return outcome as Problem;
};

describe('requestSession', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('answers what the server grants', async () => {
    answering(Response.json({ url: 'ws://localhost:7880', token: 't', room: 'r' }));
    expect(await requestSession(new AbortController().signal)).toEqual({ url: 'ws://localhost:7880', token: 't', room: 'r' });
    expect(fetch).toHaveBeenCalledWith('api/session', expect.objectContaining({ method: 'POST' }));
  });

  it('tells a server that does not answer', async () => {
    answering(new TypeError('failed'));
    expect((await problem()).message).toContain('does not answer');
  });

  it.each([
    [JSON.stringify({ title: 'Unavailable', detail: 'Still starting.' }), 'Still starting.'],
    ['Still starting.', 'Still starting.'],
    ['<html>', 'Its log says why.'],
    ['', 'Its log says why.'],
    ['{"error":1}', 'Its log says why.'],
  ])('shows the reason of a refusal: %s', async (body, advice) => {
    answering(new Response(body, { status: 503 }));
    const told = await problem();
    expect(told.message).toContain('503');
    expect(told.advice).toBe(advice);
  });

  it.each(['null', '{}', '{"url":"ws://x","token":5,"room":"r"}', 'no json'])('does not take %s for a session', async (body) => {
    answering(new Response(body));
    expect((await problem()).message).toContain('unexpected');
  });

  it('ends quietly when it is cancelled', async () => {
    const cancelled = new AbortController();
    cancelled.abort();
    answering(new DOMException('', 'AbortError'));
    await expect(requestSession(cancelled.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
