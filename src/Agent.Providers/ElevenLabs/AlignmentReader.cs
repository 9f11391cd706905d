using System.Text;
using Agent.Pipeline.Speech;
using Agent.Providers.ElevenLabs.Wire;

namespace Agent.Providers.ElevenLabs;

/// <summary>
/// Puts characters together to words. The service's times begin anew with each chunk of its model, which may be one message or several: where times go back, a new
/// chunk has begun with the sound of that message. Words of scripts without spaces are single characters.
/// </summary>
internal sealed class AlignmentReader
{
    private const double Tolerance = 25;

    private readonly StringBuilder _word = new();
    private double _origin;
    private double _lastEnd;
    private double _wordStart;
    private double _wordEnd;
    private double _heardUntil;

    /// <summary>Takes the alignment of the next message.</summary>
    /// <param name="alignment">The alignment.</param>
    /// <param name="before">How long the sound of all messages before lasts.</param>
    /// <param name="words">Where words that are whole go.</param>
    public void Read(Alignment alignment, TimeSpan before, ICollection<WordTiming> words)
    {
        var starts = alignment.CharStartTimesMs ?? alignment.CharsStartTimesMs ?? [];
        var durations = alignment.CharDurationsMs ?? alignment.CharsDurationsMs ?? [];
        var count = Math.Min(alignment.Chars.Count, Math.Min(starts.Count, durations.Count));
        if (count == 0)
            return;
        if (starts[0] < _lastEnd - Tolerance || _lastEnd == 0)
            _origin = before.TotalMilliseconds;
        for (var i = 0; i < count; i++)
            Add(alignment.Chars[i], _origin + starts[i], _origin + starts[i] + durations[i], words);
        _lastEnd = starts[count - 1] + durations[count - 1];
    }

    /// <summary>The text is over: the last word is whole.</summary>
    public void Finish(ICollection<WordTiming> words)
    {
        if (_word.Length == 0)
            return;
        var start = Math.Max(_wordStart, _heardUntil);
        words.Add(new WordTiming(_word.ToString(), TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(Math.Max(start, _wordEnd))));
        _heardUntil = start;
        _word.Clear();
    }

    private void Add(string characters, double start, double end, ICollection<WordTiming> words)
    {
        if (string.IsNullOrWhiteSpace(characters))
        {
            Finish(words);
            return;
        }

        if (IsUnspaced(characters[0]))
            Finish(words);
        if (_word.Length == 0)
            _wordStart = start;
        _word.Append(characters);
        _wordEnd = end;
    }

    /// <summary>Whether a character belongs to a script without spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese (Unicode Standard, chapters 16 and 18).</summary>
    private static bool IsUnspaced(char character) => character is
        (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') or (>= '\u3005' and <= '\u312F')
        or (>= '\u31F0' and <= '\u31FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9F') or (>= '\uD840' and <= '\uD8BF');
}
