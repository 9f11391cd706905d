using System.Text.Json.Serialization;

namespace Agent.Providers.OpenAi.Wire;

/// <summary>
/// What went wrong, in <c>error</c> and in <c>conversation.item.input_audio_transcription.failed</c>.
/// Source: https://developers.openai.com/api/reference/resources/realtime/server-events (openai 7.57.0, <c>RealtimeError</c>).
/// </summary>
internal sealed record RealtimeErrorDetails
{
    /// <summary>For instance <c>invalid_request_error</c> or <c>server_error</c>.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>For instance <c>input_audio_buffer_commit_empty</c>.</summary>
    [JsonPropertyName("code")]
    public string? Code { get; init; }

    /// <summary>The parameter at fault.</summary>
    [JsonPropertyName("param")]
    public string? Param { get; init; }

    /// <summary>The <c>event_id</c> of the client's event at fault.</summary>
    [JsonPropertyName("event_id")]
    public string? EventId { get; init; }
}
