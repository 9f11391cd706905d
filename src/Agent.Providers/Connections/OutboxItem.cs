namespace Agent.Providers.Connections;

/// <summary>What comes next of a participant's audio.</summary>
internal enum OutboxItem
{
    /// <summary>Samples.</summary>
    Audio,

    /// <summary>Everything pushed before one <see cref="AudioOutbox.Mark"/> has been read.</summary>
    Mark,

    /// <summary>A voice has begun in what was read a moment ago.</summary>
    SpeechBegins,

    /// <summary>Nothing has come for as long as the reader wanted to wait, or the reader was called back by <see cref="AudioOutbox.Nudge"/>.</summary>
    Idle,

    /// <summary>Nothing more will come.</summary>
    Completed,
}
