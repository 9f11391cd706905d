// Has speech made and understood by OpenAI's service through LiveKit's plugin for Node.js: synthesis, recognition of a whole utterance, and of a stream that the
// service cuts into turns. Input: {"base":"http://…/v1","key":"…","text":"…"}; output: what came.
import { initializeLogger, stt as speechToText } from "@livekit/agents";
import { STT, TTS } from "@livekit/agents-plugin-openai";
import { AudioFrame, combineAudioFrames } from "@livekit/rtc-node";
import { text as read } from "node:stream/consumers";

const { base, key, text } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The exchange has not ended within 30 s.");
    process.exit(1);
}, 30_000);
initializeLogger({ pretty: false, level: "silent" });

const tts = new TTS({ apiKey: key, baseURL: base, model: "gpt-4o-mini-tts", voice: "coral" });
const frames = [];
for await (const audio of tts.synthesize(text))
    frames.push(audio.frame);
const spoken = { frames: frames.length, rate: frames[0].sampleRate, samples: frames.reduce((sum, frame) => sum + frame.samplesPerChannel, 0) };

const files = new STT({ apiKey: key, baseURL: base, model: "whisper-1", useRealtime: false, language: "en" });
const recognized = await files.recognize(combineAudioFrames(frames));

const live = new STT({ apiKey: key, baseURL: base, model: "gpt-4o-transcribe", language: "en" });
const stream = live.stream();
const silence = new AudioFrame(new Int16Array(24_000), 24_000, 1, 24_000);
for (const frame of [...frames, silence])
    stream.pushFrame(frame);
const heard = { interims: 0, final: null, types: [] };
for await (const event of stream) {
    heard.types.push(event.type);
    if (event.type === speechToText.SpeechEventType.INTERIM_TRANSCRIPT)
        heard.interims++;
    if (event.type !== speechToText.SpeechEventType.FINAL_TRANSCRIPT)
        continue;
    heard.final = event.alternatives[0].text;
    break;
}
stream.close();

clearTimeout(limit);
console.log(JSON.stringify({ spoken, recognized: recognized.alternatives[0].text, heard }));
process.exit(0);
