namespace Agent.Pipeline.Playout;

/// <summary>Learns how far playout is. Called from the playout loop; must return at once.</summary>
internal interface IPlayoutListener
{
    /// <summary>The first sound is handed to the room.</summary>
    void OnStarted(Utterance utterance);

    /// <summary>More words were heard.</summary>
    void OnHeard(Utterance utterance, int words);

    /// <summary>Everything was played.</summary>
    void OnFinished(Utterance utterance);
}
