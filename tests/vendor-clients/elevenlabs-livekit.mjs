// Has text spoken by ElevenLabs' service through LiveKit's plugin for Node.js: two utterances at once on one multi-context connection, one that is interrupted, one over HTTP.
// Input: {"base":"http://…/v1","key":"…","voice":"…","texts":["…","…"]}; output: what came.
import { initializeLogger } from "@livekit/agents";
import { TTS } from "@livekit/agents-plugin-elevenlabs";
import { text as read } from "node:stream/consumers";

const { base, key, voice, texts } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The exchange has not ended within 30 s.");
    process.exit(1);
}, 30_000);

initializeLogger({ pretty: false, level: "silent" });
const tts = new TTS({ apiKey: key, baseURL: base, voiceId: voice, model: "eleven_flash_v2_5", encoding: "pcm_16000", voiceSettings: { stability: 0.5, similarity_boost: 0.75 } });

async function speak(text, interruptAfter = Infinity) {
    const stream = tts.stream();
    stream.pushText(text);
    stream.flush();
    stream.endInput();
    const heard = { frames: 0, samples: 0, rate: 0, words: [] };
    for await (const audio of stream) {
        if (typeof audio === "symbol")
            continue;
        heard.frames++;
        heard.samples += audio.frame.samplesPerChannel;
        heard.rate = audio.frame.sampleRate;
        heard.words.push(...(audio.timedTranscripts ?? []).map(word => word.text.trim()));
        if (heard.frames >= interruptAfter)
            break;
    }
    stream.close();
    return heard;
}

const spoken = await Promise.all(texts.map(text => speak(text)));
const interrupted = await speak(texts[0], 1);
const after = await speak(texts[0]);

const http = { samples: 0 };
for await (const audio of tts.synthesize(texts[0]))
    http.samples += audio.frame.samplesPerChannel;

await tts.close();
clearTimeout(limit);
console.log(JSON.stringify({ spoken, interrupted, after, http }));
process.exit(0);
