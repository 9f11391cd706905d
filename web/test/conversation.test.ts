import { ConnectionError, DisconnectReason, RoomEvent } from 'livekit-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Captions } from '../src/captions';
import { Conversation } from '../src/conversation';
import type { ConversationPorts } from '../src/conversation';
import { FakeMicrophone, FakeRoom } from './fake-room';
import type { FakeParticipant } from './fake-room';

const agent = (identity = 'agent-1'): FakeParticipant => ({ identity, isAgent: true, attributes: { 'lk.agent.state': 'listening' } });

function prepared(change: Partial<ConversationPorts> = {}) {
  const room = new FakeRoom();
  const microphone = new FakeMicrophone();
  const captions = new Captions(() => undefined);
  const phases: string[] = [];
  const conversation = new Conversation(
    {
      requestSession: () => Promise.resolve({ url: 'ws://test', token: 'token', room: 'room' }),
      createRoom: () => room.asRoom(),
      openMicrophone: () => Promise.resolve(microphone.asTrack()),
      ...change,
    },
    captions,
    ({ phase }) => {
      if (phases.at(-1) !== phase) phases.push(phase);
    },
  );
  return { room, microphone, captions, phases, conversation };
}

describe('Conversation', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('isSecureContext', true);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('goes from the button to talking to an agent, and back by hanging up', async () => {
    const { room, conversation, phases } = prepared();
    await conversation.start();
    room.join(agent());
    expect(conversation.state).toMatchObject({ phase: 'talking', agentState: 'listening', microphone: 'on' });
    await conversation.stop();
    expect(phases).toEqual(['connecting', 'joining', 'talking', 'idle']);
    expect(conversation.state.problem).toBeUndefined();
    expect(room.state).toBe('disconnected');
  });

  it('finds an agent that was in the room first', async () => {
    const { room, conversation } = prepared();
    room.remoteParticipants.set('agent-1', agent());
    await conversation.start();
    expect(conversation.state.phase).toBe('talking');
  });

  it('follows the agent’s state and takes an unknown one for none', async () => {
    const { room, conversation } = prepared();
    const participant = agent();
    await conversation.start();
    room.join(participant);
    for (const [value, expected] of [['thinking', 'thinking'], ['speaking', 'speaking'], ['dancing', undefined]] as const) {
      participant.attributes['lk.agent.state'] = value;
      room.emit(RoomEvent.ParticipantAttributesChanged, {}, participant);
      expect(conversation.state.agentState).toBe(expected);
    }
  });

  it('says so when no agent joins within 10 seconds, and not before', async () => {
    const { room, conversation } = prepared();
    await conversation.start();
    room.join({ identity: 'someone', isAgent: false, attributes: {} });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(conversation.state.phase).toBe('joining');
    await vi.advanceTimersByTimeAsync(1);
    expect(conversation.state.phase).toBe('idle');
    expect(conversation.state.problem?.message).toBe('No agent joined within 10 seconds.');
  });

  it('waits for an agent that leaves, goes on with the one that comes, and gives up on the one that does not', async () => {
    const { room, conversation, phases } = prepared();
    const [first, second] = [agent(), agent('agent-2')];
    await conversation.start();
    room.join(first);
    room.leave(first);
    await vi.advanceTimersByTimeAsync(9_000);
    room.join(second);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(conversation.state.phase).toBe('talking');
    room.leave(second);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(phases).toEqual(['connecting', 'joining', 'talking', 'rejoining', 'talking', 'rejoining', 'idle']);
    expect(conversation.state.problem?.message).toContain('did not come back');
  });

  it('changes over to an agent that came before the last one left', async () => {
    const { room, conversation } = prepared();
    const [first, second] = [agent(), agent('agent-2')];
    second.attributes['lk.agent.state'] = 'speaking';
    await conversation.start();
    room.join(first);
    room.join(second);
    room.leave(first);
    expect(conversation.state).toMatchObject({ phase: 'talking', agentState: 'speaking' });
  });

  it('goes on by keyboard when the microphone is blocked', async () => {
    const { room, conversation } = prepared({ openMicrophone: () => Promise.reject(new DOMException('', 'NotAllowedError')) });
    await conversation.start();
    room.join(agent());
    expect(conversation.state).toMatchObject({ phase: 'talking', microphone: 'unavailable' });
    expect(conversation.state.problem?.message).toBe('The microphone is blocked.');
    await conversation.send('  hello ');
    expect(room.localParticipant.sent).toEqual([{ text: 'hello', topic: 'lk.chat' }]);
    await conversation.toggleMicrophone();
    expect(conversation.state).toMatchObject({ microphone: 'on', problem: undefined });
  });

  it('mutes and unmutes', async () => {
    const { conversation } = prepared();
    await conversation.start();
    await conversation.toggleMicrophone();
    expect(conversation.state.microphone).toBe('muted');
    await conversation.toggleMicrophone();
    expect(conversation.state.microphone).toBe('on');
  });

  it.each([
    [ConnectionError.notAllowed('', 401), 'refused the access token'],
    [ConnectionError.serverUnreachable(''), 'cannot be reached'],
    [ConnectionError.websocket(''), 'cannot be reached'],
    [ConnectionError.timeout(''), 'was not completed'],
  ])('tells in words why the connection failed, and gives the microphone back', async (error, words) => {
    const { room, microphone, conversation } = prepared();
    room.connecting = Promise.reject(error);
    await conversation.start();
    expect(conversation.state.phase).toBe('idle');
    expect(conversation.state.problem?.message).toContain(words);
    expect(microphone.isStopped).toBe(true);
  });

  it('gives the microphone back when it opens only after the person has cancelled', async () => {
    let open = (_: FakeMicrophone): void => undefined;
    const opening = new Promise<FakeMicrophone>((resolve) => (open = resolve));
    const { room, microphone, conversation } = prepared({ openMicrophone: () => opening.then((opened) => opened.asTrack()) });
    const started = conversation.start();
    await vi.advanceTimersByTimeAsync(0);
    await conversation.stop();
    open(microphone);
    await started;
    expect(microphone.isStopped).toBe(true);
    expect(room.localParticipant.trackPublications.size).toBe(0);
    expect(conversation.state).toMatchObject({ phase: 'idle', problem: undefined });
  });

  it.each([
    [DisconnectReason.DUPLICATE_IDENTITY, 'taken over elsewhere'],
    [DisconnectReason.ROOM_DELETED, 'room was closed'],
    [DisconnectReason.PARTICIPANT_REMOVED, 'removed from the room'],
    [DisconnectReason.UNKNOWN_REASON, 'connection was lost'],
  ])('tells in words why the connection ended', async (reason, words) => {
    const { room, conversation } = prepared();
    await conversation.start();
    room.join(agent());
    room.lose(reason);
    expect(conversation.state.phase).toBe('idle');
    expect(conversation.state.problem?.message).toContain(words);
  });

  it('shows a reconnection and stays in the conversation', async () => {
    const { room, conversation } = prepared();
    await conversation.start();
    room.join(agent());
    room.emit(RoomEvent.SignalReconnecting);
    expect(conversation.state).toMatchObject({ phase: 'talking', isReconnecting: true });
    room.emit(RoomEvent.Reconnected);
    expect(conversation.state.isReconnecting).toBe(false);
  });

  it('hears nothing more of a room that was left', async () => {
    const { room, captions, conversation } = prepared();
    await conversation.start();
    await conversation.stop();
    room.join(agent());
    room.stream('lk.transcription', 'agent-1', { 'lk.segment_id': 's' }, ['late']);
    await vi.advanceTimersByTimeAsync(0);
    expect(conversation.state.phase).toBe('idle');
    expect(captions.all).toEqual([]);
  });

  describe('captions', () => {
    const caption = async (sender: string, attributes: Record<string, string>, chunks: (string | Error)[], last?: Record<string, string>) => {
      const { room, captions, conversation } = prepared();
      await conversation.start();
      room.stream('lk.transcription', sender, { 'lk.segment_id': 's', ...attributes }, chunks, last);
      await vi.advanceTimersByTimeAsync(0);
      return captions.all[0];
    };

    it('are the user’s when the transcribed track is the user’s, whoever sends them', async () => {
      expect(await caption('agent-1', { 'lk.transcribed_track_id': 'TR_mic' }, ['hi'])).toMatchObject({ speaker: 'user', isFinal: false });
    });

    it('are the user’s when they are sent in the user’s name', async () => {
      expect(await caption('me', {}, ['hi'])).toMatchObject({ speaker: 'user' });
    });

    it('of the user are final when the stream says so, at its beginning or at its end', async () => {
      expect(await caption('me', { 'lk.transcription_final': 'true' }, ['hi'])).toMatchObject({ isFinal: true });
      expect(await caption('me', { 'lk.transcription_final': 'false' }, ['hi'], { 'lk.transcription_final': 'true' })).toMatchObject({ isFinal: true });
    });

    it('of a second agent do not take the places of the first one’s', async () => {
      const { room, captions, conversation } = prepared();
      const greet = async (participant: FakeParticipant, text: string): Promise<void> => {
        room.join(participant);
        room.stream('lk.transcription', participant.identity, { 'lk.segment_id': 'greeting' }, [text]);
        await vi.advanceTimersByTimeAsync(0);
        room.leave(participant);
      };
      await conversation.start();
      await greet(agent(), 'Hello.');
      await greet(agent('agent-2'), 'Hello again.');
      expect(captions.all.map(({ text }) => text)).toEqual(['Hello.', 'Hello again.']);
    });

    it('of the agent are final when the stream ends, or breaks off', async () => {
      expect(await caption('agent-1', { 'lk.transcription_final': 'false' }, ['Good ', 'day.'])).toMatchObject({ speaker: 'agent', text: 'Good day.', isFinal: true });
      expect(await caption('agent-1', {}, ['Good ', new Error('gone')])).toMatchObject({ text: 'Good ', isFinal: true });
    });
  });
});
