import type { Room, TextStreamReader } from 'livekit-client';
import type { Captions, Speaker } from './captions';

export const transcriptionTopic = 'lk.transcription';

/** Where a stream came from. */
export interface CaptionSource {
  readonly room: Room;
  readonly sender: string;
  /** Counts the agents of this conversation: the next one may use the segment ids of the last one again. */
  readonly agentNumber: number;
}

/** Reads one transcription stream into the captions, until it ends or the conversation does. */
export async function readCaption(reader: TextStreamReader, source: CaptionSource, captions: Captions, signal: AbortSignal): Promise<void> {
  const speaker = speakerOf(reader, source);
  const stream = captions.open(`${source.agentNumber}/${reader.info.attributes?.['lk.segment_id'] ?? reader.info.id}`, speaker);
  try {
    for await (const delta of reader) {
      if (signal.aborted) return;
      stream.append(delta);
    }
  } catch {
    // A stream that breaks off (its sender left) leaves what has arrived, as the last word on it.
    if (!signal.aborted) stream.end(true);
    return;
  }
  // The end of a stream may carry attributes of its own, so they are read only now. What the agent has finished saying
  // is final in any case; what the recogniser has understood is so only when it says so.
  if (!signal.aborted) stream.end(speaker === 'agent' || reader.info.attributes?.['lk.transcription_final'] === 'true');
}

/** The transcribed track tells who spoke; the sender of the stream is the agent for both sides with some agents. */
function speakerOf(reader: TextStreamReader, { sender, room }: CaptionSource): Speaker {
  const track = reader.info.attributes?.['lk.transcribed_track_id'];
  const isUser = (track && room.localParticipant.trackPublications.has(track)) || sender === room.localParticipant.identity;
  return isUser ? 'user' : 'agent';
}
