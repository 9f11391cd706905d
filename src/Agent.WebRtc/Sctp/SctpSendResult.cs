namespace Agent.WebRtc.Sctp;

/// <summary>What became of a message given to an association.</summary>
internal enum SctpSendResult
{
    /// <summary>It will be delivered as its reliability says.</summary>
    Accepted,

    /// <summary>Not taken: give it again after <see cref="ISctpAssociationHandler.Writable"/>.</summary>
    BufferFull,

    /// <summary>Not taken: there is no association, or not such a stream.</summary>
    Refused,
}
