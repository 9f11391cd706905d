namespace Agent.Providers.OpenAi.Speech.Files;

/// <summary>
/// Writes requests for the text of a file.
/// Source: https://developers.openai.com/api/reference/resources/audio/subresources/transcriptions/methods/create (openai 7.57.0,
/// <c>TranscriptionCreateParams</c>; arrays are repeated fields with <c>[]</c>).
/// </summary>
internal sealed class TranscriptionRequests(TranscriptionModel model, OpenAiEndpoint endpoint, OpenAiTranscriptionOptions options)
{
    /// <summary>Whether the answer comes word by word.</summary>
    public bool IsStreaming { get; } = model.IsStreaming;

    /// <summary>Whether words come with their times.</summary>
    public bool HasWordTimings { get; } = !model.IsStreaming && (options.WordTimings ?? model.HasWordTimings);

    /// <summary>The request for a segment's text.</summary>
    public HttpRequestMessage Make(SegmentSound sound)
    {
        var form = new MultipartFormDataContent
        {
            { new WaveContent(sound), "\"file\"", "\"speech.wav\"" },
        };
        Add(form, "model", model.Id);
        Add(form, "response_format", HasWordTimings ? "verbose_json" : "json");
        if (HasWordTimings)
            Add(form, "timestamp_granularities[]", "word");
        if (IsStreaming)
            Add(form, "stream", "true");
        if (model.Language is { } language)
            Add(form, model.IsHinted ? "languages[]" : "language", language);
        foreach (var keyword in options.Keywords)
            Add(form, "keywords[]", keyword);
        if (!string.IsNullOrEmpty(options.Prompt))
            Add(form, "prompt", options.Prompt);
        var request = endpoint.Request(HttpMethod.Post, "audio/transcriptions");
        request.Content = form;
        return request;
    }

    private static void Add(MultipartFormDataContent form, string name, string value)
    {
        // Servers differ in how they read the type of a plain field; none is needed.
        var content = new StringContent(value);
        content.Headers.ContentType = null;
        form.Add(content, $"\"{name}\"");
    }
}
