using System.Text;
using Agent.Pipeline.Text;

namespace Agent.Pipeline.Realtime;

/// <summary>Turns tokens, which begin and end anywhere, into pieces of whole words.</summary>
internal sealed class WholeWords
{
    private readonly StringBuilder _open = new();

    /// <summary>Adds a token.</summary>
    /// <returns>The words that are whole now; null while there is none.</returns>
    internal string? Add(string token)
    {
        _open.Append(token);
        var text = _open.ToString();
        var end = text.Length;
        if (!Script.IsUnspaced(Script.Last(text)))
        {
            while (end > 0 && !char.IsWhiteSpace(text[end - 1]))
                end--;
        }

        if (end == 0 || string.IsNullOrWhiteSpace(text[..end]))
            return null;
        _open.Remove(0, end);
        return text[..end];
    }

    /// <summary>Nothing more follows.</summary>
    /// <returns>What is left; null when nothing is.</returns>
    internal string? Finish()
    {
        var rest = _open.ToString();
        _open.Clear();
        return string.IsNullOrWhiteSpace(rest) ? null : rest;
    }
}
