import { RoomEvent, Track } from 'livekit-client';
import type { Room } from 'livekit-client';
import { Problem } from './problem';

/** Plays every audio track of the room. Browsers may hold sound back until the page is clicked; then that is reported and undone by the next click. */
export function playAudio(room: Room, report: (problem: Problem | undefined) => void): void {
  room
    .on(RoomEvent.TrackSubscribed, (track) => {
      if (track.kind === Track.Kind.Audio) track.attach();
    })
    .on(RoomEvent.TrackUnsubscribed, (track) => {
      track.detach().forEach((element) => element.remove());
    })
    .on(RoomEvent.AudioPlaybackStatusChanged, () => {
      if (room.canPlaybackAudio) return;
      report(new Problem('The browser is holding the sound back.', 'Click anywhere on the page to hear the agent.'));
      document.addEventListener(
        'click',
        () => {
          void room.startAudio().then(
            () => report(undefined),
            () => undefined,
          );
        },
        { once: true },
      );
    });
}
