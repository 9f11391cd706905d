import { RoomEvent, Track } from 'livekit-client';
import type { Room } from 'livekit-client';

interface Tap {
  readonly source: MediaStreamAudioSourceNode;
  readonly analyser: AnalyserNode;
}

/** How loud each side is right now, for the eye. */
export class LevelMeter {
  readonly #taps = new Map<MediaStreamTrack, Tap>();
  readonly #samples = new Float32Array(512);
  #context: AudioContext | undefined;

  constructor(room: Room) {
    room
      .on(RoomEvent.TrackSubscribed, (track) => this.#add(track))
      .on(RoomEvent.TrackUnsubscribed, (track) => this.#remove(track))
      .on(RoomEvent.LocalTrackPublished, ({ track }) => track && this.#add(track))
      .on(RoomEvent.LocalTrackUnpublished, ({ track }) => track && this.#remove(track))
      .on(RoomEvent.Disconnected, () => void this.#close());
  }

  /** 0 (silent) to 1 (loud speech), the loudest of all tracks; a speaker has the floor alone most of the time. */
  read(): number {
    let loudest = 0;
    for (const { analyser } of this.#taps.values()) {
      analyser.getFloatTimeDomainData(this.#samples);
      let energy = 0;
      for (const sample of this.#samples) energy += sample * sample;
      loudest = Math.max(loudest, Math.sqrt(energy / this.#samples.length));
    }
    // Speech lies around 0.05 to 0.2 of full scale; the root makes quiet speech visible too.
    return Math.min(1, Math.sqrt(loudest * 4));
  }

  #add(track: Track): void {
    if (track.kind !== Track.Kind.Audio || this.#taps.has(track.mediaStreamTrack)) return;
    this.#context ??= new AudioContext();
    const source = this.#context.createMediaStreamSource(new MediaStream([track.mediaStreamTrack]));
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = this.#samples.length;
    source.connect(analyser);
    this.#taps.set(track.mediaStreamTrack, { source, analyser });
  }

  #remove(track: Track): void {
    this.#taps.get(track.mediaStreamTrack)?.source.disconnect();
    this.#taps.delete(track.mediaStreamTrack);
  }

  async #close(): Promise<void> {
    const context = this.#context;
    this.#context = undefined;
    this.#taps.clear();
    await context?.close();
  }
}
