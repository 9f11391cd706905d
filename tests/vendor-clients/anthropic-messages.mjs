// Converses with Anthropic's own client: Messages, streamed, with a tool.
// Input: {"base":"http://…","key":"…"}; output: what came. The server's script answers: a call, then text.
import Anthropic from "@anthropic-ai/sdk";
import { text as read } from "node:stream/consumers";

const { base, key } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The exchange has not ended within 30 s.");
    process.exit(1);
}, 30_000);

const client = new Anthropic({ apiKey: key, baseURL: base, maxRetries: 0 });
const request = {
    model: "claude-haiku-4-5",
    max_tokens: 200,
    system: [{ type: "text", text: "You know the weather.", cache_control: { type: "ephemeral" } }],
    tools: [{ name: "get_weather", description: "The weather.", input_schema: { type: "object", properties: { city: { type: "string" } } } }],
};
const messages = [{ role: "user", content: "what is the weather" }];
const first = await client.messages.stream({ ...request, messages }).finalMessage();
const call = first.content.find(block => block.type === "tool_use");
messages.push({ role: "assistant", content: first.content }, { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "rain" }] });
let said = "";
let pieces = 0;
const second = client.messages.stream({ ...request, messages }).on("text", piece => {
    said += piece;
    pieces++;
});
const final = await second.finalMessage();

let failure = null;
try {
    await client.messages.create({ ...request, model: "no-such-model", messages: [{ role: "user", content: "hello" }] });
} catch (error) {
    failure = { type: error.constructor.name, status: error.status, hasRequestId: Boolean(error.requestID) };
}

clearTimeout(limit);
console.log(JSON.stringify({ city: call.input.city, stop: first.stop_reason, said, pieces, end: final.stop_reason, output: final.usage.output_tokens, failure }));
process.exit(0);
