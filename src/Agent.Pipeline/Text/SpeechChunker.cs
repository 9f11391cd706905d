using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>
/// Cuts a stream of tokens into pieces for the synthesizer: the first clause as early as is safe, then whole sentences. Never cuts inside
/// numbers, abbreviations, addresses or words. Not safe for concurrent use.
/// </summary>
internal sealed class SpeechChunker
{
    private const int MinFirst = 12;
    private const int MinSentence = 24;
    private const int MaxLength = 260;

    private readonly StringBuilder _text = new();
    private bool _first = true;
    private int _scanned;

    /// <summary>Adds a token and collects the pieces that it completes.</summary>
    internal void Add(string token, ICollection<string> pieces)
    {
        _text.Append(token);
        while (NextCut() is var cut and > 0)
            Emit(cut, pieces);
    }

    /// <summary>Collects what is left and begins anew.</summary>
    internal void Finish(ICollection<string> pieces)
    {
        if (_text.Length > 0)
            Emit(_text.Length, pieces);
        _first = true;
    }

    private void Emit(int length, ICollection<string> pieces)
    {
        var piece = Speakable.From(_text.ToString(0, length));
        _text.Remove(0, length);
        _scanned = 0;
        if (piece.Length == 0)
            return;
        pieces.Add(piece);
        _first = false;
    }

    /// <summary>Where the next piece ends; zero when it is not complete yet.</summary>
    private int NextCut()
    {
        if (_text.Length == 0)
            return 0;
        var text = _text.ToString();
        for (var i = _scanned; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n' && text.AsSpan(0, i).ContainsAnyExcept(" \t\r\n"))
                return i + 1;
            if (!Clause.EndsSentence(c) && !Clause.EndsClause(c))
                continue;

            // What follows decides whether "3." is the end or the beginning of "3.5"; where that has not arrived, wait.
            var after = i + 1;
            while (after < text.Length && (Clause.EndsSentence(text[after]) || Clause.Closes(text[after])))
                after++;
            if (after >= text.Length && !Clause.IsFullWidth(c))
                break;
            if (Ends(text, i, after))
                return after;
            _scanned = after;
            i = after - 1;
        }

        return text.Length > MaxLength ? Forced(text) : 0;
    }

    private bool Ends(string text, int mark, int after)
    {
        var c = text[mark];
        if (after < text.Length && !char.IsWhiteSpace(text[after]) && !Clause.IsFullWidth(c))
            return false;
        var enough = _first ? MinFirst : MinSentence;
        if (Clause.IsFullWidth(c))
            enough /= 3;
        if (text.AsSpan(0, after).Trim().Length < (Clause.EndsClause(c) ? enough : Math.Min(enough, _first ? 2 : enough)))
            return false;
        if (Clause.EndsClause(c))
            return _first;
        if (c != '.')
            return true;

        var before = text.AsSpan(0, mark);
        if (IsListNumber(before))
            return false;
        var next = after;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        return !Abbreviations.Includes(before, next < text.Length ? text[next] : null);
    }

    private static bool IsListNumber(ReadOnlySpan<char> before)
    {
        var line = before[(before.LastIndexOf('\n') + 1)..].Trim();
        return line.Length is > 0 and < 4 && !line.ContainsAnyExceptInRange('0', '9');
    }

    private static int Forced(string text)
    {
        for (var i = MaxLength; i > MaxLength / 2; i--)
        {
            if (Clause.EndsClause(text[i - 1]) && char.IsWhiteSpace(text[i]))
                return i;
        }

        var space = text.LastIndexOf(' ', MaxLength);
        return space > 0 ? space : MaxLength;
    }
}
