using System.Globalization;

namespace Agent.LoopbackVendors.ElevenLabs;

/// <summary>The parameters of a connection, as documented; of the formats the uncompressed ones are spoken.</summary>
/// <param name="SampleRateHz">The rate of the sound.</param>
/// <param name="AutoMode">Whether text is spoken as it comes.</param>
/// <param name="SyncAlignment">Whether each piece of sound has its alignment.</param>
/// <param name="Inactivity">How long a context may wait for text.</param>
internal sealed record ElevenLabsParameters(int SampleRateHz, bool AutoMode, bool SyncAlignment, TimeSpan Inactivity)
{
    private static readonly int[] s_rates = [8_000, 16_000, 22_050, 24_000, 44_100];

    public static bool TryRead(IQueryCollection query, out ElevenLabsParameters parameters, out string wrong)
    {
        parameters = new ElevenLabsParameters(44_100, AutoMode: false, SyncAlignment: false, TimeSpan.FromSeconds(20));
        wrong = "";
        foreach (var (name, values) in query)
        {
            var value = values.ToString();
            var read = name switch
            {
                "output_format" => TryRate(value, out var rate) ? parameters with { SampleRateHz = rate } : null,
                "auto_mode" => bool.TryParse(value, out var auto) ? parameters with { AutoMode = auto } : null,
                "sync_alignment" => bool.TryParse(value, out var sync) ? parameters with { SyncAlignment = sync } : null,
                "inactivity_timeout" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 180
                    ? parameters with { Inactivity = TimeSpan.FromSeconds(seconds) }
                    : null,
                "apply_text_normalization" => value is "auto" or "on" or "off" ? parameters : null,
                "enable_logging" or "enable_ssml_parsing" or "apply_language_text_normalization" => bool.TryParse(value, out _) ? parameters : null,
                "language_code" => value.Length is 2 or 3 ? parameters : null,
                "model_id" => value.Length > 0 && !value.StartsWith("eleven_v3", StringComparison.Ordinal) ? parameters : null,
                "seed" => uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? parameters : null,
                "authorization" or "optimize_streaming_latency" => parameters,
                _ => null,
            };
            if (read is null)
            {
                wrong = name;
                return false;
            }

            parameters = read;
        }

        return true;
    }

    public static bool TryRate(string format, out int rate)
    {
        rate = 0;
        return format.StartsWith("pcm_", StringComparison.Ordinal) && int.TryParse(format.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out rate) && s_rates.Contains(rate);
    }
}
