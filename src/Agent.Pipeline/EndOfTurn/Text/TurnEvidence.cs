namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>The cues found in one turn, added up in log-odds.</summary>
internal struct TurnEvidence(TurnLanguage language)
{
    private double _sum = language.Weight(TurnCue.Prior);
    private TurnCue _for;
    private TurnCue _against;

    internal void Add(TurnCue cue)
    {
        var weight = language.Weight(cue);
        _sum += weight;
        if (weight > 0 && (_for == TurnCue.Prior || weight > language.Weight(_for)))
            _for = cue;
        if (weight < 0 && (_against == TurnCue.Prior || weight < language.Weight(_against)))
            _against = cue;
    }

    /// <summary>The sum as a probability, with the heaviest cue on the side that won.</summary>
    internal readonly TurnEstimate Estimate() => new(1 / (1 + Math.Exp(-_sum)), TurnCueReasons.Of(_sum >= 0 ? _for : _against));
}
