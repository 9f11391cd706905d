namespace Agent.DevServer;

/// <summary>What the embedded server has seen since it started. Safe to read from any thread.</summary>
public sealed class EmbeddedServerCounters
{
    private long _malformedSignals;
    private long _malformedWorkerMessages;
    private long _malformedRequests;
    private long _malformedDataPackets;
    private long _droppedDatagrams;
    private long _forwardedPackets;
    private long _droppedMediaPackets;
    private long _internalErrors;

    /// <summary>Frames on a signalling socket that were not a request of the protocol.</summary>
    public long MalformedSignals => Interlocked.Read(ref _malformedSignals);

    /// <summary>Frames on a worker's socket that were not a message of the protocol.</summary>
    public long MalformedWorkerMessages => Interlocked.Read(ref _malformedWorkerMessages);

    /// <summary>Requests to the server API that could not be read.</summary>
    public long MalformedRequests => Interlocked.Read(ref _malformedRequests);

    /// <summary>Data-channel messages that could not be read, or may not be sent by who sent them.</summary>
    public long MalformedDataPackets => Interlocked.Read(ref _malformedDataPackets);

    /// <summary>UDP datagrams that belong to no transport.</summary>
    public long DroppedDatagrams => Interlocked.Read(ref _droppedDatagrams);

    /// <summary>RTP packets sent on to subscribers, counted once for each.</summary>
    public long ForwardedPackets => Interlocked.Read(ref _forwardedPackets);

    /// <summary>RTP packets that belong to no published track.</summary>
    public long DroppedMediaPackets => Interlocked.Read(ref _droppedMediaPackets);

    /// <summary>Failures of the server's own; each is logged.</summary>
    public long InternalErrors => Interlocked.Read(ref _internalErrors);

    internal void CountMalformedSignal() => Interlocked.Increment(ref _malformedSignals);

    internal void CountMalformedWorkerMessage() => Interlocked.Increment(ref _malformedWorkerMessages);

    internal void CountMalformedRequest() => Interlocked.Increment(ref _malformedRequests);

    internal void CountMalformedDataPacket() => Interlocked.Increment(ref _malformedDataPackets);

    internal void CountDroppedDatagram() => Interlocked.Increment(ref _droppedDatagrams);

    internal void CountForwardedPacket() => Interlocked.Increment(ref _forwardedPackets);

    internal void CountDroppedMediaPacket() => Interlocked.Increment(ref _droppedMediaPackets);

    internal void CountInternalError() => Interlocked.Increment(ref _internalErrors);
}
