namespace Agent.Providers.OpenAi.Speech.Segments;

/// <summary>What comes next out of a <see cref="SpeechFeed"/>.</summary>
internal enum FeedItem
{
    /// <summary>Nothing for now.</summary>
    Nothing,

    /// <summary>Samples.</summary>
    Samples,

    /// <summary>Voice activity has begun.</summary>
    SpeechBegins,

    /// <summary>Everything before is to be understood.</summary>
    Flush,
}
