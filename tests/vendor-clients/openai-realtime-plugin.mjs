// Holds a spoken conversation over the Realtime API with LiveKit's Node plugin for OpenAI. Input: {"baseUrl":"http://…/v1","key":"…","speech":"BASE64 of 24 kHz PCM"};
// output: what was seen.
import { initializeLogger, llm } from "@livekit/agents";
import * as openai from "@livekit/agents-plugin-openai";
import { AudioFrame } from "@livekit/rtc-node";
import { text as read } from "node:stream/consumers";

const { baseUrl, key, speech } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The conversation has not ended within 30 s.");
    process.exit(1);
}, 30_000);
initializeLogger({ pretty: false, level: "error" });

const model = new openai.realtime.RealtimeModel({
    apiKey: key,
    baseURL: baseUrl,
    turnDetection: { type: "server_vad", silence_duration_ms: 500, create_response: true, interrupt_response: true },
});
const session = model.session();
const errors = [];
const transcripts = [];
session.on("error", event => errors.push(String(event.error?.message ?? event.error)));
session.on("input_audio_transcription_completed", event => {
    if (event.isFinal)
        transcripts.push(event.transcript);
});
await session.updateInstructions("You are a test.");
const context = llm.ChatContext.empty();
context.addMessage({ role: "user", content: "my name is john" });
await session.updateChatCtx(context);

async function all(stream, add) {
    const reader = stream.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
        await add(piece.value);
}

async function readGeneration(generation, onSound = () => {}) {
    const seen = { text: "", samples: 0, calls: [], messageId: "" };
    await Promise.all([
        all(generation.messageStream, async message => {
            seen.messageId = message.messageId;
            await Promise.all([
                all(message.textStream, piece => seen.text += typeof piece === "string" ? piece : piece.text),
                all(message.audioStream, frame => {
                    seen.samples += frame.samplesPerChannel;
                    onSound(message.messageId);
                }),
            ]);
        }),
        all(generation.functionStream, call => seen.calls.push({ name: call.name, args: call.args })),
    ]);
    return seen;
}

const generation = new Promise(resolve => session.once("generation_created", resolve));
const samples = Buffer.concat([Buffer.from(speech, "base64"), Buffer.alloc(48_000)]);
for (let from = 0; from < samples.length; from += 4_800) {
    const part = samples.subarray(from, from + 4_800);
    session.pushAudio(new AudioFrame(new Int16Array(part.buffer.slice(part.byteOffset, part.byteOffset + part.length)), 24_000, 1, part.length / 2));
}
const first = await readGeneration(await generation);
const second = await readGeneration(await session.generateReply("Ask for the name."));

let isCut = false;
const third = await readGeneration(await session.generateReply(), async messageId => {
    if (isCut)
        return;
    isCut = true;
    await session.interrupt();
    await session.truncate({ messageId, audioEndMs: 100, modalities: ["audio"] });
});

await session.close();
clearTimeout(limit);
console.log(JSON.stringify({ transcripts, first, second, third, errors }));
process.exit(0);
