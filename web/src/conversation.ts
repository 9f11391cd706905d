import { ParticipantEvent, RoomEvent, Track } from 'livekit-client';
import type { DisconnectReason, LocalAudioTrack, Participant, Room, TextStreamReader } from 'livekit-client';
import type { Captions } from './captions';
import { agentStateOf, idle } from './conversation-state';
import type { ConversationState, Microphone } from './conversation-state';
import { agentDidNotJoin, agentDidNotReturn, connectionProblem, disconnectProblem, microphoneProblem, Problem } from './problem';
import type { SessionGrant } from './session';
import { readCaption, transcriptionTopic } from './transcription';

const chatTopic = 'lk.chat';
const agentTimeoutSeconds = 10;

/** What a conversation needs from outside. */
export interface ConversationPorts {
  requestSession(signal: AbortSignal): Promise<SessionGrant>;
  createRoom(): Room;
  openMicrophone(): Promise<LocalAudioTrack>;
}

/** One person's conversation with an agent in a room, from the press of the button to its end; then the next. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #captions: Captions;
  readonly #changed: (state: ConversationState) => void;
  #state: ConversationState = idle;
  #attempt: AbortController | undefined;
  #room: Room | undefined;
  #agent: Participant | undefined;
  #agentNumber = 0;
  #agentTimer: ReturnType<typeof setTimeout> | undefined;
  #typedLines = 0;

  constructor(ports: ConversationPorts, captions: Captions, changed: (state: ConversationState) => void) {
    this.#ports = ports;
    this.#captions = captions;
    this.#changed = changed;
  }

  get state(): ConversationState {
    return this.#state;
  }

  /** Resolves when the room is joined and the microphone is open, or when that has failed; problems are in the state. */
  async start(): Promise<void> {
    if (this.#state.phase !== 'idle') return;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#captions.clear();
    this.#set({ ...idle, phase: 'connecting', microphone: 'opening' });

    // The browser asks for the microphone while the connection is made, so that neither waits for the other.
    const microphone = this.#ports.openMicrophone().then(
      (track) => ({ track }),
      (error: unknown) => ({ error }),
    );
    let url = '';
    try {
      const grant = await this.#ports.requestSession(attempt.signal);
      url = grant.url;
      if (attempt.signal.aborted) return;
      const room = this.#ports.createRoom();
      this.#room = room;
      this.#listen(room, attempt.signal);
      await room.connect(grant.url, grant.token);
      if (attempt.signal.aborted) return;
      this.#set({ phase: 'joining' });
      this.#awaitAgent();
      for (const participant of room.remoteParticipants.values()) this.#meet(participant);
      await this.#publish(room, attempt.signal, await microphone);
    } catch (error) {
      if (!attempt.signal.aborted) await this.#end(connectionProblem(error, url));
    } finally {
      const opened = await microphone;
      if (attempt.signal.aborted && 'track' in opened) opened.track.stop();
    }
  }

  async stop(): Promise<void> {
    await this.#end(undefined);
  }

  async toggleMicrophone(): Promise<void> {
    const [room, signal] = [this.#room, this.#attempt?.signal];
    if (!room || !signal || this.#state.microphone === 'opening') return;
    const enable = this.#state.microphone !== 'on';
    try {
      await room.localParticipant.setMicrophoneEnabled(enable);
      if (!signal.aborted) this.#set({ microphone: microphoneOf(room), problem: undefined });
    } catch (error) {
      if (!signal.aborted) this.#set({ microphone: 'unavailable', problem: microphoneProblem(error) });
    }
  }

  /** Types a line to the agent. */
  async send(text: string): Promise<void> {
    const line = text.trim();
    const room = this.#room;
    if (!room || this.#state.phase !== 'talking' || line === '') return;
    this.#captions.add(`typed-${++this.#typedLines}`, 'user', line);
    try {
      await room.localParticipant.sendText(line, { topic: chatTopic });
    } catch {
      if (room === this.#room) this.#set({ problem: new Problem('The typed line was not sent.', 'Type it once more when the connection is back.') });
    }
  }

  /** Tells the person something that did not come from the room, e.g. that the browser holds the sound back. */
  report(problem: Problem | undefined): void {
    if (this.#state.phase !== 'idle') this.#set({ problem });
  }

  async #publish(room: Room, signal: AbortSignal, opened: { track: LocalAudioTrack } | { error: unknown }): Promise<void> {
    if (signal.aborted) return;
    try {
      if ('error' in opened) throw opened.error;
      await room.localParticipant.publishTrack(opened.track, { source: Track.Source.Microphone });
      if (!signal.aborted) this.#set({ microphone: microphoneOf(room) });
    } catch (error) {
      if ('track' in opened) opened.track.stop();
      if (!signal.aborted) this.#set({ microphone: 'unavailable', problem: microphoneProblem(error) });
    }
  }

  #listen(room: Room, signal: AbortSignal): void {
    const whileCurrent =
      <T extends unknown[]>(handle: (...values: T) => void) =>
      (...values: T): void => {
        if (!signal.aborted) handle(...values);
      };
    const microphoneChanged = whileCurrent(() => {
      if (this.#state.microphone !== 'opening') this.#set({ microphone: microphoneOf(room) });
    });
    room
      .on(RoomEvent.ParticipantConnected, whileCurrent((participant) => this.#meet(participant)))
      .on(RoomEvent.ParticipantDisconnected, whileCurrent((participant) => this.#part(participant)))
      .on(RoomEvent.ParticipantAttributesChanged, whileCurrent((_, participant) => this.#attributesChanged(participant)))
      .on(RoomEvent.Reconnecting, whileCurrent(() => this.#set({ isReconnecting: true })))
      .on(RoomEvent.SignalReconnecting, whileCurrent(() => this.#set({ isReconnecting: true })))
      .on(RoomEvent.Reconnected, whileCurrent(() => this.#set({ isReconnecting: false })))
      .on(RoomEvent.Disconnected, whileCurrent((reason) => this.#disconnected(reason)))
      .on(RoomEvent.LocalTrackPublished, microphoneChanged)
      .on(RoomEvent.LocalTrackUnpublished, microphoneChanged);
    room.localParticipant.on(ParticipantEvent.TrackMuted, microphoneChanged).on(ParticipantEvent.TrackUnmuted, microphoneChanged);
    room.registerTextStreamHandler(
      transcriptionTopic,
      whileCurrent((reader: TextStreamReader, { identity }: { identity: string }) => {
        void readCaption(reader, { room, sender: identity, agentNumber: this.#agentNumber }, this.#captions, signal);
      }),
    );
  }

  #meet(participant: Participant): void {
    if (!participant.isAgent || this.#agent) return;
    clearTimeout(this.#agentTimer);
    this.#agent = participant;
    this.#agentNumber++;
    this.#set({ phase: 'talking', agentState: agentStateOf(participant.attributes) });
  }

  #part(participant: Participant): void {
    if (participant.identity !== this.#agent?.identity) return;
    this.#agent = undefined;
    this.#set({ phase: 'rejoining', agentState: undefined });
    this.#awaitAgent();
    // A handover: the next agent may have come before the last one left.
    for (const other of this.#room?.remoteParticipants.values() ?? []) this.#meet(other);
  }

  #attributesChanged(participant: Participant): void {
    if (participant.identity === this.#agent?.identity) this.#set({ agentState: agentStateOf(participant.attributes) });
  }

  #awaitAgent(): void {
    clearTimeout(this.#agentTimer);
    this.#agentTimer = setTimeout(() => {
      void this.#end(this.#agentNumber > 0 ? agentDidNotReturn(agentTimeoutSeconds) : agentDidNotJoin(agentTimeoutSeconds));
    }, agentTimeoutSeconds * 1000);
  }

  #disconnected(reason: DisconnectReason | undefined): void {
    // While connecting, connect() itself fails and says more.
    if (this.#state.phase !== 'connecting') void this.#end(disconnectProblem(reason));
  }

  async #end(problem: Problem | undefined): Promise<void> {
    const room = this.#room;
    this.#attempt?.abort();
    clearTimeout(this.#agentTimer);
    this.#attempt = this.#room = this.#agent = undefined;
    this.#agentNumber = 0;
    this.#set({ ...idle, problem });
    await room?.disconnect();
  }

  #set(change: Partial<ConversationState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed(this.#state);
  }
}

function microphoneOf(room: Room): Microphone {
  const publication = room.localParticipant.getTrackPublication(Track.Source.Microphone);
  if (!publication) return 'unavailable';
  return publication.isMuted ? 'muted' : 'on';
}
