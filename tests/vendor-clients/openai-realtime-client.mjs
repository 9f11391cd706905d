// Holds a spoken conversation over the Realtime API with OpenAI's own client: a turn that the server ends and answers, a tool, an answer that is cancelled and cut at what
// was heard. Input: {"baseUrl":"http://…/v1","key":"…","speech":"BASE64 of 24 kHz PCM"}; output: what was seen.
import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import { text as read } from "node:stream/consumers";

const { baseUrl, key, speech } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The conversation has not ended within 30 s.");
    process.exit(1);
}, 30_000);

const realtime = new OpenAIRealtimeWS({ model: "gpt-realtime" }, new OpenAI({ apiKey: key, baseURL: baseUrl }));
const events = [];
const waiting = [];
const errors = [];
realtime.on("error", error => errors.push(error.error?.code ?? error.message));
realtime.on("event", event => {
    events.push(event);
    for (const wait of waiting.filter(each => each.is(event))) {
        waiting.splice(waiting.indexOf(wait), 1);
        wait.resolve(event);
    }
});
const next = (type, is = () => true) => new Promise(resolve => waiting.push({ is: event => event.type === type && is(event), resolve }));

function speak() {
    const samples = Buffer.concat([Buffer.from(speech, "base64"), Buffer.alloc(48_000)]);
    for (let from = 0; from < samples.length; from += 4_800)
        realtime.send({ type: "input_audio_buffer.append", audio: samples.subarray(from, from + 4_800).toString("base64") });
}

const transcriptOf = response => response.output.flatMap(item => item.content ?? []).map(part => part.transcript ?? part.text ?? "").join("");
const audioOf = response => events.filter(event => event.type === "response.output_audio.delta" && event.response_id === response.id)
    .reduce((bytes, event) => bytes + Buffer.from(event.delta, "base64").length, 0);

await next("session.created");
const updated = next("session.updated");
realtime.send({
    type: "session.update",
    session: {
        type: "realtime",
        output_modalities: ["audio"],
        instructions: "You are a test.",
        audio: {
            input: {
                format: { type: "audio/pcm", rate: 24_000 },
                transcription: { model: "gpt-4o-mini-transcribe" },
                turn_detection: { type: "server_vad", silence_duration_ms: 500, create_response: true, interrupt_response: true },
            },
            output: { format: { type: "audio/pcm", rate: 24_000 }, voice: "marin" },
        },
        tools: [{ type: "function", name: "weather", description: "Tells the weather.", parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } }],
    },
});
const session = (await updated).session;

const answered = next("response.done");
const heard = next("conversation.item.input_audio_transcription.completed");
speak();
const first = (await answered).response;
const transcript = (await heard).transcript;

const called = next("response.done");
speak();
const call = (await called).response.output[0];
const told = next("response.done");
realtime.send({ type: "conversation.item.create", item: { type: "function_call_output", call_id: call.call_id, output: "rain" } });
realtime.send({ type: "response.create" });
const second = (await told).response;

const begun = next("response.output_audio.delta");
const ended = next("response.done");
const cut = next("conversation.item.truncated");
realtime.send({ type: "response.create" });
const delta = await begun;
realtime.send({ type: "response.cancel" });
const cancelled = (await ended).response;
realtime.send({ type: "conversation.item.truncate", item_id: delta.item_id, content_index: 0, audio_end_ms: 100 });
const truncated = await cut;

const refused = new Promise(resolve => realtime.on("error", resolve));
realtime.send({ type: "response.cancel", event_id: "nothing-to-cancel" });
const refusal = (await refused).error;

realtime.close();
clearTimeout(limit);
console.log(JSON.stringify({
    voice: session.audio.output.voice,
    transcript,
    first: { status: first.status, text: transcriptOf(first), bytes: audioOf(first), tokens: first.usage.total_tokens },
    call: { name: call.name, arguments: call.arguments },
    second: transcriptOf(second),
    cancelled: { status: cancelled.status, reason: cancelled.status_details?.reason },
    truncated: truncated.audio_end_ms,
    refusal: { code: refusal.code, event: refusal.event_id },
    errors,
}));
