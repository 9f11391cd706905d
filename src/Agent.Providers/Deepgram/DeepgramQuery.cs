using System.Globalization;
using System.Text;

namespace Agent.Providers.Deepgram;

/// <summary>Writes the query of an address, escaped.</summary>
internal sealed class DeepgramQuery
{
    private readonly StringBuilder _text = new();

    public DeepgramQuery Add(string name, string? value)
    {
        if (value is null)
            return this;
        if (_text.Length > 0)
            _text.Append('&');
        _text.Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public DeepgramQuery Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public DeepgramQuery Add(string name, double? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>In whole milliseconds.</summary>
    public DeepgramQuery Add(string name, TimeSpan? value) => Add(name, value?.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));

    /// <summary>Only where it is true: what is false is the vendor's default.</summary>
    public DeepgramQuery AddIf(string name, bool value) => value ? Add(name, "true") : this;

    /// <summary>Once for each, as the vendor reads lists.</summary>
    public DeepgramQuery Add(string name, IEnumerable<string> values)
    {
        foreach (var value in values)
            Add(name, value);
        return this;
    }

    public override string ToString() => _text.ToString();
}
