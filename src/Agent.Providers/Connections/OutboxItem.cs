namespace Agent.Providers.Connections;

/// <summary>What is to be sent next.</summary>
internal enum OutboxItem
{
    /// <summary>Samples.</summary>
    Audio,

    /// <summary>Everything pushed before one <see cref="AudioOutbox.Mark"/> has been read.</summary>
    Mark,

    /// <summary>Nothing has come for as long as the reader wanted to wait, or the reader was called back by <see cref="AudioOutbox.Nudge"/>.</summary>
    Idle,

    /// <summary>Nothing more will come.</summary>
    Completed,
}
