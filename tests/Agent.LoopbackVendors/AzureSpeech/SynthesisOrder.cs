using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Agent.LoopbackVendors.AzureSpeech;

/// <summary>What a <c>synthesis.context</c> asks for; fields as in SynthesisContext and SynthesisAdapterBase of Microsoft's Speech SDK for JavaScript 1.52.</summary>
/// <param name="RequestId">The request that follows.</param>
/// <param name="SampleRateHz">The rate of the sound.</param>
/// <param name="HasHeader">Whether the sound begins with a RIFF header.</param>
/// <param name="Words">Whether words are told.</param>
/// <param name="Punctuation">Whether punctuation is told as if it were words.</param>
/// <param name="IsTextStream">Whether text comes in pieces, not as SSML.</param>
internal sealed partial record SynthesisOrder(string RequestId, int SampleRateHz, bool HasHeader, bool Words, bool Punctuation, bool IsTextStream)
{
    /// <exception cref="ProtocolViolationException">The service does not take it.</exception>
    public static SynthesisOrder Read(string requestId, JsonElement context, bool takesTextStreams)
    {
        if (!context.TryGetProperty("synthesis", out var synthesis) || !synthesis.TryGetProperty("audio", out var audio) || !audio.TryGetProperty("outputFormat", out var format))
            throw new ProtocolViolationException("synthesis.context needs synthesis.audio.outputFormat.");
        var match = Pcm().Match(format.GetString() ?? "");
        if (!match.Success)
            throw new ProtocolViolationException($"Unsupported output format {format.GetString()}.");
        var isTextStream = false;
        if (synthesis.TryGetProperty("input", out var input))
        {
            isTextStream = input.TryGetProperty("bidirectionalStreamingMode", out var mode) && mode.ValueKind == JsonValueKind.True;
            if (isTextStream && !takesTextStreams)
                throw new ProtocolViolationException("Text streaming needs the v2 endpoint.");
            if (isTextStream && (!input.TryGetProperty("voiceName", out var voice) || string.IsNullOrEmpty(voice.GetString())))
                throw new ProtocolViolationException("Text streaming needs a voiceName.");
        }

        var options = audio.TryGetProperty("metadataOptions", out var found) ? found : default;
        var rate = int.Parse(match.Groups["kilohertz"].Value, CultureInfo.InvariantCulture) * 1000;
        return new SynthesisOrder(requestId, rate, match.Groups["container"].Value == "riff", Is(options, "wordBoundaryEnabled"), Is(options, "punctuationBoundaryEnabled"), isTextStream);
    }

    /// <summary>Clients send flags as truth values or as words.</summary>
    private static bool Is(JsonElement options, string name) =>
        options.ValueKind == JsonValueKind.Object && options.TryGetProperty(name, out var value) && value.ToString().Equals("true", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^(?<container>riff|raw)-(?<kilohertz>8|16|24|48)khz-16bit-mono-pcm$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pcm();
}
