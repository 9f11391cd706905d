import { createLocalAudioTrack, LogLevel, Room, setLogLevel } from 'livekit-client';
import { Captions } from './captions';
import { Conversation } from './conversation';
import { LevelMeter } from './level-meter';
import { playAudio } from './playback';
import { requestSession } from './session';
import { View } from './view';

const microphoneConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

setLogLevel(LogLevel.warn);

const view = new View();
const captions = new Captions((caption) => view.showCaption(caption));
let meter: LevelMeter | undefined;

const conversation = new Conversation(
  {
    requestSession,
    createRoom: () => {
      const room = new Room({ audioCaptureDefaults: microphoneConstraints });
      playAudio(room, (problem) => conversation.report(problem));
      meter = new LevelMeter(room);
      return room;
    },
    openMicrophone: () => createLocalAudioTrack(microphoneConstraints),
  },
  captions,
  (state) => view.showState(state),
);

view.showState(conversation.state);

view.talk.addEventListener('click', () => {
  if (conversation.state.phase === 'idle') {
    view.clearCaptions();
    requestAnimationFrame(showLevels);
    void conversation.start();
  } else {
    void conversation.stop();
  }
});
view.mute.addEventListener('click', () => void conversation.toggleMicrophone());
view.composer.addEventListener('submit', (event) => {
  event.preventDefault();
  const line = view.text.value;
  view.text.value = '';
  void conversation.send(line);
});

function showLevels(): void {
  const isActive = conversation.state.phase !== 'idle';
  view.showLevel(isActive && meter && !reducedMotion.matches ? meter.read() : 0);
  if (isActive) requestAnimationFrame(showLevels);
}
