using System.Text;

namespace Agent.Providers.Fallback;

/// <summary>
/// Leaves out what a continuation repeats of the words before it: it is held back as long as it may be a repetition that reaches to their end, and dropped when
/// it does. Letters and digits count, in any case; of two repetitions the longer one.
/// </summary>
internal sealed class RepeatedWords
{
    private readonly string[] _said;
    private readonly List<string> _words = [];
    private readonly StringBuilder _held = new();
    private List<int> _candidates;
    private int _droppable;
    private bool _isDecided;

    internal RepeatedWords(string said)
    {
        _said = [.. Split(said).Select(Normal).Where(static word => word.Length > 0)];
        _candidates = [.. Enumerable.Range(0, _said.Length)];
    }

    /// <param name="text">Whole words of the continuation.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <returns>What is to be said now.</returns>
    internal string Pass(string text, bool isLast)
    {
        if (_isDecided)
            return text;
        foreach (var piece in Split(text))
        {
            _held.Append(piece);
            if (!_isDecided)
                Consider(piece);
        }

        // What ends while it repeats says nothing new.
        if (isLast && !_isDecided)
            return Release(_candidates.Count > 0 && _words.Count > 0 ? _held.Length : _droppable);
        return _isDecided ? Release(_droppable) : "";
    }

    private void Consider(string piece)
    {
        var word = Normal(piece);
        if (word.Length == 0)
            return;
        _candidates = _candidates.FindAll(at => at + _words.Count < _said.Length && _said[at + _words.Count] == word);
        _words.Add(word);
        if (_candidates.RemoveAll(at => at + _words.Count == _said.Length) > 0)
            _droppable = _held.Length;
        _isDecided = _candidates.Count == 0;
    }

    private string Release(int drop)
    {
        _isDecided = true;
        var rest = _held.ToString(drop, _held.Length - drop);
        _held.Clear();
        return rest.TrimStart();
    }

    /// <summary>Words with the space behind them.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var from = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && !(char.IsWhiteSpace(text[i - 1]) && !char.IsWhiteSpace(text[i])))
                continue;
            yield return text[from..i];
            from = i;
        }
    }

    private static string Normal(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
