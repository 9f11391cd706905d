namespace Agent.Pipeline.Text;

/// <summary>
/// Makes a stream of tokens speakable and cuts it into pieces for the synthesizer: the first clause as early as is safe, then whole sentences. Never cuts
/// inside numbers, abbreviations, addresses or words. Each piece brings the space before it along, so that the pieces one after another are the text;
/// how the text is divided into tokens makes no difference. Not safe for concurrent use.
/// </summary>
internal sealed class SpeechChunker
{
    private readonly List<string> _pieces = [];
    private readonly ClauseCutter _cutter;
    private readonly Speakable _speakable;

    internal SpeechChunker()
    {
        _cutter = new ClauseCutter(_pieces);
        _speakable = new Speakable(_cutter);
    }

    /// <summary>Adds a token and collects the pieces that it completes.</summary>
    internal void Add(ReadOnlySpan<char> token, ICollection<string> pieces)
    {
        _speakable.Add(token);
        MoveTo(pieces);
    }

    /// <summary>Collects what is left and begins anew.</summary>
    internal void Finish(ICollection<string> pieces)
    {
        _speakable.Finish();
        _cutter.Finish();
        MoveTo(pieces);
    }

    private void MoveTo(ICollection<string> pieces)
    {
        foreach (var piece in _pieces)
            pieces.Add(piece);
        _pieces.Clear();
    }
}
