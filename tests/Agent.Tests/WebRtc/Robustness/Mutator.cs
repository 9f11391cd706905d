namespace Agent.Tests.WebRtc.Robustness;

/// <summary>Makes bad input from good input, the same for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private const int MaxRandomLength = 1_400;
    private readonly Random _random = new(seed);

    /// <summary>Random bytes, or one of the samples with bits flipped, bytes overwritten, cut, extended, repeated or spliced.</summary>
    public byte[] Next(IReadOnlyList<byte[]> samples)
    {
        if (samples.Count == 0 || _random.Next(8) == 0) return Bytes(_random.Next(MaxRandomLength));
        var data = samples[_random.Next(samples.Count)].ToArray();
        for (var rounds = _random.Next(1, 5); rounds > 0; rounds--) data = Mutate(data, samples);
        return data;
    }

    public string NextText(IReadOnlyList<string> samples)
    {
        var text = samples[_random.Next(samples.Count)];
        for (var rounds = _random.Next(1, 6); rounds > 0 && text.Length > 1; rounds--)
        {
            var at = _random.Next(text.Length);
            var length = Math.Min(_random.Next(60), text.Length - at);
            text = _random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(at, ((char)_random.Next(256)).ToString()),
                3 => text.Insert(at, _random.Next(2) == 0 ? "99999999999999999999" : "-1"),
                4 => text[..at] + Tail(samples[_random.Next(samples.Count)], at),
                _ => text.Replace(text[at], (char)_random.Next(32, 127)),
            };
        }

        return text;
    }

    public byte[] Bytes(int length)
    {
        var data = new byte[length];
        _random.NextBytes(data);
        return data;
    }

    private static string Tail(string text, int from) => text[Math.Min(from, text.Length)..];

    private byte[] Mutate(byte[] data, IReadOnlyList<byte[]> samples)
    {
        if (data.Length == 0) return Bytes(_random.Next(20));
        var at = _random.Next(data.Length);
        switch (_random.Next(7))
        {
            case 0:
                data[at] ^= (byte)(1 << _random.Next(8));
                return data;
            case 1:
                data[at] = (byte)_random.Next(256);
                return data;
            case 2:
                data.AsSpan(at, Math.Min(data.Length - at, _random.Next(1, 5))).Fill(_random.Next(2) == 0 ? (byte)0xFF : (byte)0);
                return data;
            case 3:
                return data[..at];
            case 4:
                return [.. data, .. Bytes(_random.Next(1, 64))];
            case 5:
                return [.. data[..at], .. data[(at / 2)..]];
            default:
                var other = samples[_random.Next(samples.Count)];
                return [.. data[..at], .. other[Math.Min(at, other.Length)..]];
        }
    }
}
