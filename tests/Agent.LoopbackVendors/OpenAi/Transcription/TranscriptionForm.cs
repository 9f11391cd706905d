using System.Globalization;

namespace Agent.LoopbackVendors.OpenAi.Transcription;

/// <summary>The form that a transcription is asked for with, checked as strictly as the vendor does.</summary>
internal sealed record TranscriptionForm
{
    private static readonly string[] s_models =
        ["whisper-1", "gpt-transcribe", "gpt-4o-transcribe", "gpt-4o-mini-transcribe", "gpt-4o-mini-transcribe-2025-12-15", "gpt-4o-transcribe-diarize"];

    private static readonly string[] s_formats = ["json", "text", "srt", "verbose_json", "vtt", "diarized_json"];

    private static readonly string[] s_fields =
    [
        "model", "language", "languages[]", "keywords[]", "prompt", "response_format", "temperature", "stream", "timestamp_granularities[]", "include[]",
        "chunking_strategy",
    ];

    public required WaveSound Sound { get; init; }

    public required string Model { get; init; }

    public required string ResponseFormat { get; init; }

    public required IReadOnlyList<string> Granularities { get; init; }

    public required bool Streams { get; init; }

    /// <summary>Whether the model tells languages, and takes several of them and words to expect.</summary>
    public bool TellsLanguages => Model == "gpt-transcribe";

    public static async Task<(TranscriptionForm? Form, RequestRefusal? Refusal)> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || !request.ContentType!.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return (null, new RequestRefusal("Could not parse multipart form", Param: null));
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return (null, new RequestRefusal("Could not parse multipart form", Param: null));
        }

        if (Refusal(form) is { } refusal)
            return (null, refusal);
        var file = form.Files["file"]!;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        if (WaveSound.Read(bytes.ToArray()) is not { } sound)
            return (null, new RequestRefusal("Audio file might be corrupted or unsupported", "file", "invalid_value"));
        if (sound.Seconds < 0.1)
            return (null, new RequestRefusal("Audio file is too short. Minimum audio length is 0.1 seconds.", "file", "audio_too_short"));
        var model = form["model"].ToString();
        return (new TranscriptionForm
        {
            Sound = sound,
            Model = model,
            ResponseFormat = Format(form),
            Granularities = [.. form["timestamp_granularities[]"].Select(value => value ?? "")],
            Streams = form["stream"] == "true" && model != "whisper-1",
        },
            null);
    }

    private static string Format(IFormCollection form) => form["response_format"] is { Count: 1 } format ? format.ToString() : "json";

    private static RequestRefusal? Refusal(IFormCollection form)
    {
        foreach (var field in form.Keys)
        {
            if (!s_fields.Contains(field, StringComparer.Ordinal))
                return new RequestRefusal($"Unknown parameter: '{field}'.", field, "unknown_parameter");
        }

        if (form.Files["file"] is not { } file)
            return new RequestRefusal("Missing required parameter: 'file'.", "file", "missing_required_parameter");
        if (!file.FileName.EndsWith(".wav", StringComparison.OrdinalIgnoreCase))
            return new RequestRefusal("Unrecognized file format. This loopback server hears wav only.", "file");
        var model = form["model"].ToString();
        if (model.Length == 0)
            return new RequestRefusal("Missing required parameter: 'model'.", "model", "missing_required_parameter");
        if (!s_models.Contains(model, StringComparer.Ordinal))
            return new RequestRefusal($"The model `{model}` does not exist or you do not have access to it.", Param: null, "model_not_found", 404);
        return FormatRefusal(form, model) ?? HintRefusal(form, model);
    }

    private static RequestRefusal? FormatRefusal(IFormCollection form, string model)
    {
        var format = Format(form);
        if (!s_formats.Contains(format, StringComparer.Ordinal))
            return Invalid("response_format", format);
        if (model.StartsWith("gpt-", StringComparison.Ordinal) && format != "json")
            return new RequestRefusal($"response_format '{format}' is not compatible with model '{model}'. Use 'json' instead.", "response_format", "unsupported_value");
        var granularities = form["timestamp_granularities[]"];
        if (granularities.Any(value => value is not ("word" or "segment")))
            return Invalid("timestamp_granularities[]", granularities.ToString());
        if (granularities.Count > 0 && format != "verbose_json")
            return new RequestRefusal("timestamp_granularities is only supported with response_format 'verbose_json'.", "timestamp_granularities", "unsupported_value");
        return form["stream"].ToString() is "" or "true" or "false" ? null : Invalid("stream", form["stream"].ToString());
    }

    private static RequestRefusal? HintRefusal(IFormCollection form, string model)
    {
        var language = form["language"].ToString();
        if (language.Length is 1 or > 3)
            return new RequestRefusal($"Invalid language '{language}'. Language parameter must be specified in ISO-639-1 format.", "language", "invalid_language_format");
        foreach (var field in (string[])["languages[]", "keywords[]"])
        {
            if (form[field].Count > 0 && model != "gpt-transcribe")
                return new RequestRefusal($"'{field}' is not supported with {model}.", field, "unsupported_parameter");
        }

        return form["temperature"].ToString() is { Length: > 0 } given
            && (!double.TryParse(given, CultureInfo.InvariantCulture, out var temperature) || temperature is < 0 or > 1)
            ? Invalid("temperature", given)
            : null;
    }

    private static RequestRefusal Invalid(string param, string value) => new($"Invalid value: '{value}'.", param, "invalid_value");
}
