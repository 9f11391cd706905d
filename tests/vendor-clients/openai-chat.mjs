// Converses with OpenAI's own client: Chat Completions and Responses, streamed, with a tool; the same at Azure with its class. And with LiveKit's plugin for Node.js.
// Input: {"base":"http://…","key":"…"}; output: what came. The server's script answers: a call and "It rains." for each of three, then text.
import { initializeLogger, llm as livekit } from "@livekit/agents";
import * as plugin from "@livekit/agents-plugin-openai";
import OpenAI, { AzureOpenAI } from "openai";
import { text as read } from "node:stream/consumers";

const { base, key } = JSON.parse(await read(process.stdin));
const limit = setTimeout(() => {
    console.error("The exchange has not ended within 30 s.");
    process.exit(1);
}, 30_000);

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

async function chat(client, model) {
    const tools = [{ type: "function", function: { name: "get_weather", description: "The weather.", parameters } }];
    const messages = [{ role: "system", content: "You know the weather." }, { role: "user", content: "what is the weather" }];
    const first = await client.chat.completions.stream({ model, messages, tools, stream_options: { include_usage: true } }).finalChatCompletion();
    const message = first.choices[0].message;
    const call = message.tool_calls[0];
    messages.push(message, { role: "tool", tool_call_id: call.id, content: "rain" });
    let pieces = 0;
    let said = "";
    let usage = null;
    for await (const chunk of await client.chat.completions.create({ model, messages, tools, stream: true, stream_options: { include_usage: true } })) {
        const piece = chunk.choices[0]?.delta?.content ?? "";
        pieces += piece.length > 0 ? 1 : 0;
        said += piece;
        usage = chunk.usage ?? usage;
    }

    return { city: JSON.parse(call.function.arguments).city, finish: first.choices[0].finish_reason, said, pieces, tokens: usage.total_tokens };
}

async function responses(client) {
    const tools = [{ type: "function", name: "get_weather", description: "The weather.", parameters, strict: false }];
    const input = [{ role: "user", content: "what is the weather" }];
    const first = await client.responses.stream({ model: "gpt-4.1-mini", instructions: "You know the weather.", input, tools }).finalResponse();
    const call = first.output.find(item => item.type === "function_call");
    input.push({ type: "function_call", call_id: call.call_id, name: call.name, arguments: call.arguments }, { type: "function_call_output", call_id: call.call_id, output: "rain" });
    let said = "";
    let pieces = 0;
    for await (const event of await client.responses.create({ model: "gpt-4.1-mini", input, tools, stream: true })) {
        if (event.type !== "response.output_text.delta")
            continue;
        said += event.delta;
        pieces++;
    }

    return { city: JSON.parse(call.arguments).city, finish: first.status, said, pieces, tokens: first.usage.total_tokens };
}

async function livekitSays(llm) {
    const chatCtx = livekit.ChatContext.empty();
    chatCtx.addMessage({ role: "system", content: "You are helpful." });
    chatCtx.addMessage({ role: "user", content: "how are you" });
    let said = "";
    let pieces = 0;
    for await (const chunk of llm.chat({ chatCtx })) {
        said += chunk.delta?.content ?? "";
        pieces += chunk.delta?.content ? 1 : 0;
    }

    return { said, pieces };
}

async function failure(client) {
    try {
        await client.chat.completions.create({ model: "no-such-model", messages: [{ role: "user", content: "hello" }] });
        return null;
    } catch (error) {
        return { type: error.constructor.name, status: error.status, code: error.code, hasRequestId: Boolean(error.requestID) };
    }
}

initializeLogger({ pretty: false, level: "silent" });
const openai = new OpenAI({ apiKey: key, baseURL: `${base}/v1`, maxRetries: 0 });
const azure = new AzureOpenAI({ apiKey: key, endpoint: base, apiVersion: "2024-10-21", maxRetries: 0 });
const result = {
    chat: await chat(openai, "gpt-4.1-mini"),
    responses: await responses(openai),
    azure: await chat(azure, "my-deployment"),
    livekit: await livekitSays(new plugin.LLM({ apiKey: key, baseURL: `${base}/v1`, model: "gpt-4.1-mini" })),
    livekitResponses: await livekitSays(new plugin.responses.LLM({ apiKey: key, baseURL: `${base}/v1`, model: "gpt-4.1-mini", useWebSocket: false })),
    failure: await failure(openai),
    models: (await openai.models.list()).data.length,
};
clearTimeout(limit);
console.log(JSON.stringify(result));
process.exit(0);
