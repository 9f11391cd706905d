import { ConnectionState, RoomEvent, Track } from 'livekit-client';
import type { DisconnectReason, LocalAudioTrack, Room, TextStreamReader } from 'livekit-client';

class Emitter {
  readonly #handlers = new Map<string, ((...values: unknown[]) => void)[]>();

  on(name: string, handler: (...values: unknown[]) => void): this {
    this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), handler]);
    return this;
  }

  emit(name: string, ...values: unknown[]): void {
    for (const handler of this.#handlers.get(name) ?? []) handler(...values);
  }
}

type TextStreamHandler = (reader: TextStreamReader, sender: { identity: string }) => void;

export interface FakeParticipant {
  identity: string;
  isAgent: boolean;
  attributes: Record<string, string>;
}

class FakeLocalParticipant extends Emitter {
  readonly identity = 'me';
  readonly trackPublications = new Map<string, { isMuted: boolean }>();
  readonly sent: { text: string; topic: string | undefined }[] = [];
  refuseMicrophone: Error | undefined;

  getTrackPublication(source: Track.Source): { isMuted: boolean } | undefined {
    return source === Track.Source.Microphone ? this.trackPublications.get('TR_mic') : undefined;
  }

  async publishTrack(): Promise<void> {
    this.trackPublications.set('TR_mic', { isMuted: false });
  }

  async setMicrophoneEnabled(enabled: boolean): Promise<void> {
    if (this.refuseMicrophone) throw this.refuseMicrophone;
    this.trackPublications.set('TR_mic', { isMuted: !enabled });
  }

  async sendText(text: string, options?: { topic?: string }): Promise<void> {
    this.sent.push({ text, topic: options?.topic });
  }
}

/** A room without a server, as far as a conversation can tell. */
export class FakeRoom extends Emitter {
  readonly localParticipant = new FakeLocalParticipant();
  readonly remoteParticipants = new Map<string, FakeParticipant>();
  readonly #handlers = new Map<string, TextStreamHandler>();
  state = ConnectionState.Disconnected;
  connecting: Promise<void> = Promise.resolve();

  asRoom(): Room {
    return this as unknown as Room;
  }

  async connect(): Promise<void> {
    this.state = ConnectionState.Connecting;
    await this.connecting;
    this.state = ConnectionState.Connected;
  }

  async disconnect(): Promise<void> {
    this.state = ConnectionState.Disconnected;
  }

  registerTextStreamHandler(topic: string, handler: TextStreamHandler): void {
    this.#handlers.set(topic, handler);
  }

  join(participant: FakeParticipant): void {
    this.remoteParticipants.set(participant.identity, participant);
    this.emit(RoomEvent.ParticipantConnected, participant);
  }

  leave(participant: FakeParticipant): void {
    this.remoteParticipants.delete(participant.identity);
    this.emit(RoomEvent.ParticipantDisconnected, participant);
  }

  lose(reason: DisconnectReason): void {
    this.state = ConnectionState.Disconnected;
    this.emit(RoomEvent.Disconnected, reason);
  }

  /** @param last attributes that the end of the stream carries */
  stream(topic: string, sender: string, attributes: Record<string, string>, chunks: (string | Error)[], last: Record<string, string> = {}): void {
    const info = { id: 'stream', attributes };
    const reader = {
      info,
      async *[Symbol.asyncIterator](): AsyncGenerator<string> {
        for (const chunk of chunks) {
          if (chunk instanceof Error) throw chunk;
          yield chunk;
        }
        info.attributes = { ...info.attributes, ...last };
      },
    };
    this.#handlers.get(topic)?.(reader as unknown as TextStreamReader, { identity: sender });
  }
}

export class FakeMicrophone {
  isStopped = false;

  stop(): void {
    this.isStopped = true;
  }

  asTrack(): LocalAudioTrack {
    return this as unknown as LocalAudioTrack;
  }
}
