namespace Agent.Pipeline.Playout;

/// <summary>Learns how far playout is. Called from the playout loop; must return at once.</summary>
internal interface IPlayoutListener
{
    /// <summary>Sound is handed to the room: the first, or the first after a lack of it.</summary>
    void OnAudible(Utterance utterance);

    /// <summary>All the sound that there is was handed to the room, and more is to come.</summary>
    void OnDry(Utterance utterance);

    /// <summary>More words were heard.</summary>
    void OnHeard(Utterance utterance, int words);

    /// <summary>Everything was played.</summary>
    void OnFinished(Utterance utterance);
}
