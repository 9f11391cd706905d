using System.Text;
using System.Text.RegularExpressions;

namespace Agent.Tests.Providers.Mangled;

/// <summary>Changes one value of a message now and then into what no vendor should send: another type, a number out of all bounds, nothing.</summary>
internal sealed partial class JsonMangler(int seed)
{
    private static readonly string[] s_values =
        ["null", "-1", "0", "1e308", "99999999999999999999", "\"\"", "\"-1\"", "true", "[]", "{}", "[null]", "\"\\ud800\"", "\"a\\u0000b\"", "\"9999999999999999\"", "[[1]]", "\"////\"", "\"abc\""];

    private readonly Random _random = new(seed);

    /// <summary>The last message that was changed, as it was sent.</summary>
    public string? Sent { get; private set; }

    public ReadOnlyMemory<byte> Mangle(ReadOnlyMemory<byte> message)
    {
        // Sound that is sent as bytes has no values.
        var text = Encoding.UTF8.GetString(message.Span);
        var values = Value().Matches(text);
        if (values.Count == 0 || _random.Next(3) != 0)
            return message;
        var value = values[_random.Next(values.Count)].Groups["value"];
        Sent = string.Concat(text.AsSpan(0, value.Index), s_values[_random.Next(s_values.Length)], text.AsSpan(value.Index + value.Length));
        return Encoding.UTF8.GetBytes(Sent);
    }

    [GeneratedRegex("\"\\w+\"\\s*:\\s*(?<value>\"(\\\\.|[^\"\\\\])*\"|-?\\d[\\d.eE+-]*|true|false|null|\\[[^\\[\\]{}]*\\])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Value();
}
