namespace Agent.Providers.Connections;

/// <summary>What is to be sent next.</summary>
internal enum OutboxItem
{
    /// <summary>Samples.</summary>
    Audio,

    /// <summary>Everything pushed before one <see cref="AudioOutbox.Mark"/> has been read.</summary>
    Mark,

    /// <summary>Nothing has come for as long as the reader wanted to wait.</summary>
    Idle,

    /// <summary>Nothing more will come.</summary>
    Completed,
}
