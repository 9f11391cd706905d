using System.Text.Json.Serialization;
using System.Text.Json;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Responses.Wire;

/// <summary>
/// An event of a streamed response, those that we read in one: <c>response.created</c>, <c>.output_text.delta</c>, <c>.refusal.delta</c>,
/// <c>.output_item.done</c>, <c>.completed</c>, <c>.incomplete</c>, <c>.failed</c>, <c>error</c> (platform.openai.com/docs/api-reference/responses-streaming;
/// openai-node 7.57, <c>ResponseStreamEvent</c>).
/// </summary>
/// <param name="Type">Which.</param>
/// <param name="DeltaValue">New text; an object in events that we do not read.</param>
/// <param name="Item">An item of the output that is complete.</param>
/// <param name="Response">The response as it stands.</param>
/// <param name="CodeValue">The code of <c>error</c>.</param>
/// <param name="Error">The error as servers send it that wrap it as over HTTP.</param>
internal sealed record ResponsesEvent(
    string? Type,
    [property: JsonPropertyName("delta")] JsonElement? DeltaValue,
    ResponsesItem? Item,
    ResponsesResult? Response,
    [property: JsonPropertyName("code")] JsonElement? CodeValue,
    ResponsesError? Error)
{
    [JsonIgnore]
    internal string? Delta => JsonText.Of(DeltaValue);

    [JsonIgnore]
    internal string? Code => JsonText.Of(CodeValue);
}
