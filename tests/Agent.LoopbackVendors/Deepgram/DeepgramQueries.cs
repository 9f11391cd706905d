using System.Globalization;

namespace Agent.LoopbackVendors.Deepgram;

/// <summary>
/// What an endpoint takes in its query. Stricter than the vendor, which ignores what it does not know: here that is a mistake of the client's.
/// Parameters: developers.deepgram.com/reference and <c>ListenV1…</c>, <c>ListenV2…</c>, <c>SpeakV1…</c> of @deepgram/sdk 5.13.0.
/// </summary>
internal sealed class DeepgramQueries
{
    private static readonly int[] s_auraRates = [8_000, 16_000, 24_000, 32_000, 48_000];

    private readonly HashSet<string> _lists;
    private readonly Dictionary<string, Func<string, bool>> _single;
    private readonly Func<IQueryCollection, string?> _whole;

    private DeepgramQueries(IEnumerable<string> lists, Dictionary<string, Func<string, bool>> single, Func<IQueryCollection, string?> whole)
    {
        _lists = [.. lists];
        _single = single;
        _whole = whole;
    }

    /// <summary><c>/v1/listen</c>.</summary>
    public static DeepgramQueries Listen { get; } = new(
        ["extra", "keyterm", "keywords", "redact", "replace", "search", "tag"],
        new(StringComparer.Ordinal)
        {
            ["model"] = value => !value.StartsWith("flux-", StringComparison.Ordinal),
            ["encoding"] = IsLinear16,
            ["sample_rate"] = IsRate,
            ["channels"] = value => value == "1",
            ["language"] = value => value.Length >= 2,
            ["endpointing"] = value => value == "false" || IsNumber(value, 1, 600_000),
            ["utterance_end_ms"] = value => IsNumber(value, 1_000, 600_000),
            ["version"] = static _ => true,
            ["interim_results"] = IsSwitch,
            ["smart_format"] = IsSwitch,
            ["punctuate"] = IsSwitch,
            ["filler_words"] = IsSwitch,
            ["profanity_filter"] = IsSwitch,
            ["vad_events"] = IsSwitch,
            ["no_delay"] = IsSwitch,
            ["numerals"] = IsSwitch,
            ["dictation"] = IsSwitch,
            ["diarize"] = IsSwitch,
            ["multichannel"] = IsSwitch,
            ["mip_opt_out"] = IsSwitch,
        },
        query => (query["utterance_end_ms"].ToString(), query["interim_results"].ToString(), query["model"].ToString()) switch
        {
            ({ Length: > 0 }, not "true", _) => "utterance_end_ms needs interim_results=true.",
            (_, _, var model) when query.ContainsKey("keyterm") && !model.StartsWith("nova-3", StringComparison.Ordinal) => "Keyterm is only supported by nova-3.",
            (_, _, var model) when query["keywords"].Any(word => !string.IsNullOrEmpty(word)) && model.StartsWith("nova-3", StringComparison.Ordinal) => "Keywords are not supported by nova-3.",
            _ => null,
        });

    /// <summary><c>/v2/listen</c>.</summary>
    public static DeepgramQueries Flux { get; } = new(
        ["keyterm", "language_hint", "redact", "tag"],
        new(StringComparer.Ordinal)
        {
            ["model"] = value => value is "flux-general-en" or "flux-general-multi",
            ["encoding"] = IsLinear16,
            ["sample_rate"] = IsRate,
            ["eot_threshold"] = value => IsNumber(value, 0.5, 1.0),
            ["eager_eot_threshold"] = value => IsNumber(value, 0.3, 0.9),
            ["eot_timeout_ms"] = value => IsNumber(value, 500, 60_000),
            ["numerals"] = IsSwitch,
            ["profanity_filter"] = IsSwitch,
            ["mip_opt_out"] = IsSwitch,
        },
        query => query.ContainsKey("language_hint") && query["model"] != "flux-general-multi" ? "language_hint needs flux-general-multi." : null);

    /// <summary><c>/v1/speak</c>.</summary>
    public static DeepgramQueries Speak { get; } = new(
        [],
        new(StringComparer.Ordinal)
        {
            ["model"] = value => value.StartsWith("aura-", StringComparison.Ordinal),
            ["encoding"] = IsLinear16,
            ["sample_rate"] = value => IsRate(value) && s_auraRates.Contains(int.Parse(value, CultureInfo.InvariantCulture)),
            ["speed"] = value => IsNumber(value, 0.7, 1.5),
            ["mip_opt_out"] = IsSwitch,
        },
        query => query.ContainsKey("speed") && !query["model"].ToString().StartsWith("aura-2-", StringComparison.Ordinal) ? "speed needs a voice of Aura-2." : null);

    /// <summary>What is wrong with a query; null when nothing is.</summary>
    public string? FaultOf(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            if (_lists.Contains(name))
                continue;
            if (!_single.TryGetValue(name, out var isGood))
                return $"Failed to deserialize query parameters: unknown field `{name}`";
            if (values.Count != 1 || !isGood(values.ToString()))
                return $"Failed to deserialize query parameters: invalid value for `{name}`";
        }

        if (!query.ContainsKey("model"))
            return "Failed to deserialize query parameters: missing field `model`";
        if (query.ContainsKey("encoding") != query.ContainsKey("sample_rate") && !ReferenceEquals(this, Speak))
            return "Raw audio needs both encoding and sample_rate.";
        return _whole(query);
    }

    private static bool IsLinear16(string value) => value == "linear16";

    private static bool IsRate(string value) => IsNumber(value, 8_000, 48_000);

    private static bool IsSwitch(string value) => value is "true" or "false";

    private static bool IsNumber(string value, double least, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
}
