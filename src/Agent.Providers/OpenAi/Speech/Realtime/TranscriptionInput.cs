using System.Globalization;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech.Segments;
using Agent.Providers.OpenAi.Speech.Wire;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>
/// The sending side of a stream: decides what goes to the vendor and notes what is asked of it. Where the vendor finds the ends of speech it is given
/// everything; otherwise speech alone, in segments. Used by the loop that sends.
/// </summary>
internal sealed class TranscriptionInput : ISegmentSink, IDisposable
{
    private readonly TranscriptOrder _order;
    private readonly TranscriptionOutbox _outbox = new();
    private readonly SegmentCutter? _cutter;
    private readonly int _leastSamples;
    private readonly short[] _silence;
    private long _sentSamples;
    private long _position;
    private long _connectedAt;
    private long _committedTo;
    private int _uncommitted;
    private int _commits;
    private bool _hasCommitted;

    /// <param name="order">Learns of the segments.</param>
    /// <param name="isServerDetecting">Whether the vendor finds the ends of speech.</param>
    /// <param name="limits">How segments are cut.</param>
    /// <param name="leastSamples">The least that the vendor commits.</param>
    public TranscriptionInput(TranscriptOrder order, bool isServerDetecting, SegmentLimits limits, int leastSamples)
    {
        _order = order;
        _leastSamples = leastSamples;
        _silence = new short[leastSamples];
        _cutter = isServerDetecting ? null : new SegmentCutter(RealtimeTranscription.SampleRateHz, limits, this);
    }

    /// <summary>Samples sent so far, over all connections.</summary>
    public long SentSamples => Interlocked.Read(ref _sentSamples);

    /// <summary>Whether nothing is going on: the connection could be another without anybody noticing.</summary>
    public bool IsIdle => _order.IsEmpty && _cutter is not { IsOpen: true };

    /// <summary>A new connection has heard nothing yet.</summary>
    public void Connected()
    {
        _outbox.Clear();
        _uncommitted = 0;
        _connectedAt = _position;
        _committedTo = _position;
    }

    /// <summary>The position of a time that the vendor tells, which counts from the first sample sent on the connection.</summary>
    public long PositionAt(long? milliseconds) => _connectedAt + ((milliseconds ?? 0) * RealtimeTranscription.SampleRateHz / 1_000);

    /// <summary>Takes what comes next; what follows from it is ready to be sent.</summary>
    /// <returns>Whether the vendor was asked for an answer.</returns>
    public bool Take(SpeechPiece piece)
    {
        _hasCommitted = false;
        switch (piece.Item)
        {
            case OutboxItem.Audio:
                _cutter?.Push(piece.Samples.Span, piece.Position);
                if (_cutter is null)
                    OnSamples(piece.Samples.Span);
                _position = piece.Position + piece.Samples.Length;
                _order.Hear(_position);
                break;
            case OutboxItem.SpeechBegins:
                _cutter?.SpeechBegins();
                break;
            case OutboxItem.Mark when _cutter is not null:
                _cutter.Flush();
                break;
            case OutboxItem.Mark:
                // The vendor may have committed everything already; then it says that there is nothing.
                Commit(new SegmentSpan(_committedTo, _committedTo, _position));
                OnFlush();
                break;
        }

        return _hasCommitted;
    }

    /// <summary>Sends what is ready.</summary>
    public ValueTask SendAsync(VendorSocket socket, CancellationToken cancellationToken) => _outbox.SendAsync(socket, cancellationToken);

    public void OnBegin(long position) => _order.Begin(position);

    public void OnSamples(ReadOnlySpan<short> samples)
    {
        _outbox.Add(samples);
        _uncommitted += samples.Length;
        Interlocked.Add(ref _sentSamples, samples.Length);
    }

    public void OnEnd(SegmentSpan span)
    {
        if (_uncommitted < _leastSamples)
            OnSamples(_silence.AsSpan(0, _leastSamples - _uncommitted));
        Commit(span);
    }

    public void OnDiscarded()
    {
        if (_uncommitted > 0)
            _outbox.Add(new BufferCommand(BufferCommand.Clear));
        _uncommitted = 0;
        _order.Discard();
    }

    public void OnFlush() => _order.Flush();

    public void Dispose() => _outbox.Dispose();

    private void Commit(SegmentSpan span)
    {
        var id = $"commit_{(++_commits).ToString(CultureInfo.InvariantCulture)}";
        _order.Commit(span, id);
        _outbox.Add(new BufferCommand(BufferCommand.Commit) { EventId = id });
        _uncommitted = 0;
        _committedTo = span.VoiceTo;
        _hasCommitted = true;
    }
}
