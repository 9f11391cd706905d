namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>What a reader of a <see cref="SampleQueue"/> found.</summary>
internal enum SampleQueueEvent
{
    /// <summary>Samples were copied.</summary>
    Samples,

    /// <summary>Everything before the oldest open flush has been read.</summary>
    Flush,

    /// <summary>The queue was closed; nothing follows.</summary>
    Closed,
}
