using System.Runtime.InteropServices;
using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>
/// Cuts speakable text into pieces: the first clause as early as is safe, then clauses that grow into sentences while there is sound to play
/// meanwhile. A cut is decided by the text before it and the character behind it, so that the same text is always cut in the same places; the
/// pieces one after another are the text. Lengths are weights: one for a character, three where a character is a syllable or a word.
/// Not safe for concurrent use.
/// </summary>
internal sealed class ClauseCutter : ISpeakableSink
{
    private const int MinFirstSentence = 2;
    private const int MinSentence = 24;

    // A first clause without a mark is divided before a conjunction from here on, and between any words from there on.
    private const int LongFirst = 48;
    private const int MaxFirst = 120;
    private const int Max = 260;

    // What has no place to divide it at, as a long address, is left whole up to here.
    private const int MaxUnbroken = 1_000;

    // How much there must be of each piece, if it ends with a clause and not a sentence.
    private static readonly int[] s_minClause = [12, 40, 80, 120];

    private readonly ICollection<string> _pieces;
    private char[] _text = new char[512];
    private int _length;
    private int _weight;
    private int _pieceCount;
    private bool _says;
    private bool _spaceDue;
    private int _wordStart;
    private Place _word;
    private Place _phrase;
    private Place _clause;

    /// <param name="pieces">Receives the pieces.</param>
    internal ClauseCutter(ICollection<string> pieces) => _pieces = pieces;

    private ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <inheritdoc/>
    public void Put(Rune rune, bool spaced)
    {
        spaced = (spaced && (_length > 0 || _pieceCount > 0)) || _spaceDue;
        _spaceDue = false;
        PutAfterSpace(rune, spaced);
    }

    /// <inheritdoc/>
    public void EndLine()
    {
        if (_says)
            Emit(_length);
        _spaceDue |= _length > 0 || _pieceCount > 0;
    }

    /// <summary>Gives out the rest; what comes then is a new text.</summary>
    internal void Finish()
    {
        EndLine();
        Forget();
        _pieceCount = 0;
    }

    private void PutAfterSpace(Rune rune, bool spaced)
    {
        if (_length > 0 && FindCut(rune, spaced) is var cut and > 0)
        {
            Emit(cut);
            PutAfterSpace(rune, spaced);
            return;
        }

        if (_length + 3 > _text.Length)
            Array.Resize(ref _text, _text.Length * 2);
        if (spaced)
        {
            _wordStart = _length;
            _text[_length++] = ' ';
        }

        _length += rune.EncodeToUtf16(_text.AsSpan(_length));
        _weight += Weigh(rune, spaced);
        _says |= Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune);
    }

    private static int Weigh(Rune rune, bool spaced) => (spaced ? 1 : 0) + (Script.IsUnspaced(rune) ? 3 : 1);

    /// <summary>Where to cut, now that it is known what follows; zero for nowhere.</summary>
    private int FindCut(Rune next, bool spaced)
    {
        if (!_says)
            return 0;
        var here = new Place(_length, _weight);
        switch (ClauseMark.Between(Text, next, spaced))
        {
            case ClauseMark.Kind.Sentence when _weight >= (_pieceCount == 0 ? MinFirstSentence : MinSentence):
            case ClauseMark.Kind.Clause when _weight >= s_minClause[Math.Min(_pieceCount, s_minClause.Length - 1)]:
                return _length;
            case ClauseMark.Kind.None:
                break;
            default:
                _clause = here;
                break;
        }

        if (WordBreak.IsBetween(Text, next, spaced))
        {
            if (spaced && _wordStart == _word.Index && _word.Index > 0 && Conjunctions.Contain(Text[(_wordStart + 1)..]))
                _phrase = _word;
            _word = here;
        }

        if (_pieceCount == 0 && _phrase.Weight >= LongFirst)
            return _phrase.Index;
        var limit = _pieceCount == 0 ? MaxFirst : Max;
        if (_weight + Weigh(next, spaced) <= limit)
            return 0;
        if (_clause.Weight >= limit / 2)
            return _clause.Index;
        if (_phrase.Weight >= limit / 2)
            return _phrase.Index;
        if (_word.Index > 0)
            return _word.Index;
        return _weight >= MaxUnbroken && WordBreak.IsBetweenCharacters(Script.Last(Text), next) ? _length : 0;
    }

    private void Emit(int length)
    {
        _pieces.Add(new string(_text, 0, length));
        _pieceCount++;
        var rest = Text[length..].ToString();
        Forget();

        // What is left is looked at again: more is asked of the piece that it begins.
        var spaced = false;
        foreach (var rune in rest.EnumerateRunes())
        {
            if (rune.Value != ' ')
                PutAfterSpace(rune, spaced);
            spaced = rune.Value == ' ';
        }
    }

    private void Forget()
    {
        _length = _weight = _wordStart = 0;
        _says = false;
        _word = _phrase = _clause = default;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int Index, int Weight);
}
