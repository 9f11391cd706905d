using System.Runtime.CompilerServices;

namespace Agent.LiveKit.Rtc.Native;

/// <summary>
/// Checks of what goes to the native library. It is built to abort on a panic, so an argument that it does not expect ends the whole
/// process: everything is checked here, before it is sent.
/// </summary>
internal static class Guard
{
    /// <summary>The longest string that goes into one field, in characters; far above every limit of the server, far below what protobuf holds.</summary>
    internal const int MaxTextLength = 4 * 1024 * 1024;

    internal static void InRange<T>(T value, T min, T max, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be from {min} to {max}.");
    }

    internal static void SampleRate(int sampleRateHz, [CallerArgumentExpression(nameof(sampleRateHz))] string? name = null)
    {
        if (sampleRateHz is not (8_000 or 16_000 or 24_000 or 32_000 or 48_000))
            throw new ArgumentOutOfRangeException(name, sampleRateHz, $"{name} is {sampleRateHz} Hz; it must be 8000, 16000, 24000, 32000 or 48000.");
    }

    internal static void Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, which {typeof(T).Name} does not have.");
    }

    /// <summary>Valid UTF-16 (protobuf strings are UTF-8: half a surrogate pair cannot be encoded) without NUL, and not too long.</summary>
    internal static void Text(string value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.Length > MaxTextLength)
            throw new ArgumentException($"{name} has {value.Length} characters; the limit is {MaxTextLength}.", name);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\0')
                throw new ArgumentException($"{name} contains a NUL character at {i}.", name);
            if (!char.IsSurrogate(c))
                continue;
            if (!char.IsHighSurrogate(c) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                throw new ArgumentException($"{name} contains half of a surrogate pair at {i}. Cut text between characters, not within them.", name);
            i++;
        }
    }

    internal static void RequiredText(string value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        Text(value, name);
        if (value.Length == 0)
            throw new ArgumentException($"{name} is empty.", name);
    }

    internal static void Map(IReadOnlyDictionary<string, string> values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        foreach (var (key, value) in values)
        {
            RequiredText(key, name);
            Text(value, name);
        }
    }

    internal static void Identities(IReadOnlyCollection<string>? values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        foreach (var value in values ?? [])
            RequiredText(value, name);
    }

    /// <summary>The native library parses a track's identifier with an unwrap: anything else than TR_… is a panic.</summary>
    internal static void TrackSid(string value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        Text(value, name);
        if (!value.StartsWith("TR_", StringComparison.Ordinal) || value.Length < 4)
            throw new ArgumentException($"{name} is '{value}'; a track's identifier begins with TR_.", name);
    }
}
