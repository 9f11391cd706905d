// Has speech made and understood by OpenAI's service through the vendor's own client: speech whole and as events, transcription whole, with word times and as
// events, and a transcription session of the Realtime API with two turns, of which the second is empty.
// The client insists on wss for the Realtime API; it is given a plain connection beneath, so that no certificate is needed.
// Input: {"base":"http://…/v1","key":"…","text":"…"}; output: what came.
import OpenAI, { toFile } from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import { connect } from "node:net";
import { text as read } from "node:stream/consumers";

const { base, key, text } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The exchange has not ended within 30 s.");
    process.exit(1);
}, 30_000);

const client = new OpenAI({ baseURL: base, apiKey: key, maxRetries: 0 });
const speech = { input: text, model: "gpt-4o-mini-tts", voice: "coral", instructions: "Speak calmly." };

const pcm = Buffer.from(await (await client.audio.speech.create({ ...speech, response_format: "pcm" })).arrayBuffer());
const wav = Buffer.from(await (await client.audio.speech.create({ ...speech, response_format: "wav" })).arrayBuffer());

const events = await client.audio.speech.create({ ...speech, response_format: "pcm", stream_format: "sse" });
const spoken = { types: [], bytes: 0, usage: null };
for (const line of (await events.text()).split("\n")) {
    if (!line.startsWith("data: "))
        continue;
    const event = JSON.parse(line.slice(6));
    if (spoken.types.at(-1) !== event.type)
        spoken.types.push(event.type);
    spoken.bytes += event.audio ? Buffer.from(event.audio, "base64").length : 0;
    spoken.usage = event.usage ?? spoken.usage;
}

const file = () => toFile(wav, "speech.wav", { type: "audio/wav" });
const whole = await client.audio.transcriptions.create({ file: await file(), model: "gpt-4o-transcribe" });
const verbose = await client.audio.transcriptions.create({
    file: await file(), model: "whisper-1", language: "en", response_format: "verbose_json", timestamp_granularities: ["word"],
});
const streamed = { deltas: [], done: null };
for await (const event of await client.audio.transcriptions.create({ file: await file(), model: "gpt-4o-mini-transcribe", stream: true })) {
    if (event.type === "transcript.text.delta")
        streamed.deltas.push(event.delta);
    else if (event.type === "transcript.text.done")
        streamed.done = event;
}

const refused = [];
for (const attempt of [
    () => client.audio.speech.create({ ...speech, voice: "nobody", response_format: "pcm" }),
    () => client.audio.speech.create({ ...speech, model: "no-such-model", response_format: "pcm" }),
    () => new OpenAI({ baseURL: base, apiKey: "wrong-key", maxRetries: 0 }).audio.speech.create({ ...speech, response_format: "pcm" }),
]) {
    try {
        await attempt();
    } catch (error) {
        refused.push({ name: error.constructor.name, status: error.status, code: error.code, param: error.param, named: Boolean(error.requestID) });
    }
}

const { hostname, port } = new URL(base);
const realtime = new OpenAIRealtimeWS({ intent: "transcription", options: { createConnection: () => connect(Number(port), hostname) } }, client);
const heard = { types: [], deltas: "", transcript: null, usage: null, error: null };
const done = new Promise((resolve, reject) => {
    realtime.on("event", event => heard.types.push(event.type));
    realtime.on("session.created", () => realtime.send({
        type: "session.update",
        session: {
            type: "transcription",
            audio: {
                input: {
                    format: { type: "audio/pcm", rate: 24000 },
                    transcription: { model: "gpt-4o-transcribe", language: "en" },
                    turn_detection: null,
                    noise_reduction: { type: "near_field" },
                },
            },
        },
    }));
    realtime.on("session.updated", () => {
        for (let from = 0; from < pcm.length; from += 4800)
            realtime.send({ type: "input_audio_buffer.append", audio: pcm.subarray(from, from + 4800).toString("base64") });
        realtime.send({ type: "input_audio_buffer.commit" });
    });
    realtime.on("conversation.item.input_audio_transcription.delta", event => heard.deltas += event.delta);
    realtime.on("conversation.item.input_audio_transcription.completed", event => {
        heard.transcript = event.transcript;
        heard.usage = event.usage;
        realtime.send({ type: "input_audio_buffer.commit", event_id: "an_empty_one" });
    });
    realtime.on("error", error => {
        heard.error = { code: error.error?.code, event: error.error?.event_id };
        error.error ? resolve() : reject(error);
    });
});
await done;
realtime.close();

clearTimeout(limit);
console.log(JSON.stringify({ pcm: pcm.length, wav: wav.length, spoken, whole, verbose, streamed, refused, heard }));
process.exit(0);
