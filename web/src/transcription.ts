import type { Room, TextStreamReader } from 'livekit-client';
import type { Captions, Speaker } from './captions';

export const transcriptionTopic = 'lk.transcription';

/** Reads one transcription stream into the captions, until it ends or the conversation does. */
export async function readCaption(reader: TextStreamReader, sender: string, room: Room, captions: Captions, signal: AbortSignal): Promise<void> {
  const speaker = speakerOf(reader, sender, room);
  const stream = captions.open(reader.info.attributes?.['lk.segment_id'] ?? reader.info.id, speaker);
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
function speakerOf(reader: TextStreamReader, sender: string, room: Room): Speaker {
  const track = reader.info.attributes?.['lk.transcribed_track_id'];
  const isUser = (track && room.localParticipant.trackPublications.has(track)) || sender === room.localParticipant.identity;
  return isUser ? 'user' : 'agent';
}
