using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech.Segments;
using Agent.Providers.OpenAi.Speech.Wire;
using Agent.Providers.OpenAi.Wire;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Realtime;

/// <summary>
/// One participant's speech over as many sessions of the Realtime API as it takes. Only speech is sent, while it is spoken; a flush commits it. A session
/// that becomes too old, or that the vendor closes, is replaced between two utterances; in the middle of one the stream fails, and whoever holds the
/// audio gives it to the next.
/// </summary>
internal sealed class RealtimeTranscriptionStream : ISpeechToTextStream
{
    /// <summary>The vendor refuses to commit less than 100 ms.</summary>
    private const int LeastSamples = RealtimeTranscription.SampleRateHz / 10;

    /// <summary>Interim results that may lie unread; more are left out, because each replaces the one before.</summary>
    private const int UnreadInterims = 16;

    private readonly Channel<Transcript> _results = Channel.CreateUnbounded<Transcript>();
    private readonly CancellationTokenSource _disposed = new();
    private readonly short[] _read = new short[RealtimeTranscription.SampleRateHz / 10];
    private readonly RealtimeTranscription _provider;
    private readonly SpeechFeed _feed;
    private readonly TranscriptOrder _order;
    private readonly TranscriptionInput _input;
    private readonly Task _loop;
    private long _inputTokens;
    private long _outputTokens;
    private long _reportedDropped;
    private int _isDisposed;

    public RealtimeTranscriptionStream(RealtimeTranscription provider, TranscriptionConnection connection)
    {
        _provider = provider;
        _feed = new SpeechFeed((int)(provider.Options.Backlog.TotalSeconds * RealtimeTranscription.SampleRateHz));
        _order = new TranscriptOrder(RealtimeTranscription.SampleRateHz, provider.Model.Language, Write);
        _input = new TranscriptionInput(_order, provider.IsServerDetecting, new SegmentLimits(provider.Options.LongestSegment), LeastSamples);
        _loop = RunAsync(connection);
    }

    public SpeechUsage Usage => new(
        TimeSpan.FromTicks(_input.SentSamples * TimeSpan.TicksPerSecond / RealtimeTranscription.SampleRateHz),
        InputTokens: Interlocked.Read(ref _inputTokens),
        OutputTokens: Interlocked.Read(ref _outputTokens));

    public void Push(ReadOnlySpan<short> samples) => _feed.Push(samples);

    public void SpeechBegins() => _feed.Tell(FeedItem.SpeechBegins);

    public void Flush() => _feed.Tell(FeedItem.Flush);

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _results.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _disposed.CancelAsync();
        await _loop;
        _input.Dispose();
        _disposed.Dispose();
    }

    private void Write(Transcript transcript)
    {
        if (transcript.Kind != TranscriptKind.Interim || _results.Reader.Count < UnreadInterims)
            _results.Writer.TryWrite(transcript);
    }

    private async Task RunAsync(TranscriptionConnection connection)
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                await using (connection.Socket)
                    await ServeAsync(connection);
                connection = await _provider.TakeAsync(_disposed.Token);
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // Disposed: nobody reads on.
        }
        catch (Exception e)
        {
            failure = e as ProviderException ?? VendorErrors.Garbled(_provider.Name, "what its client did not expect", innerException: e);
        }

        _results.Writer.TryComplete(failure);
    }

    /// <summary>Uses one connection until it is to be replaced.</summary>
    private async Task ServeAsync(TranscriptionConnection connection)
    {
        var socket = connection.Socket;
        _input.Connected();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        var answers = new AnswerWatch(_provider.Call, _provider.Time, stop);
        await using (answers)
        {
            if (!connection.IsSetUp)
                answers.Begin();
            var sending = SendAsync(socket, answers, stop.Token);
            var receiving = ReceiveAsync(socket, answers, stop.Token);
            var first = await Task.WhenAny(sending, receiving);
            await stop.CancelAsync();
            await EndAsync(first, first == sending ? receiving : sending);
            answers.ThrowIfLate();
        }

        _disposed.Token.ThrowIfCancellationRequested();
        if (!_input.IsIdle)
            throw RealtimeErrors.Closed(_provider.Name, socket);
        if (socket.CloseCode is not null)
            OpenAiSpeechLog.ClosedIdle(_provider.Logger, _provider.Name, socket.RequestId, socket.CloseCode);
    }

    private static async Task EndAsync(Task first, Task second)
    {
        await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await second.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first.IsFaulted)
            await first;
        if (second is { IsFaulted: true } && first.IsCanceled)
            await second;
    }

    private async Task SendAsync(VendorSocket socket, AnswerWatch answers, CancellationToken cancellationToken)
    {
        while (true)
        {
            FeedItem item;
            while ((item = _feed.Read(_read, out var count, out var position)) != FeedItem.Nothing)
            {
                if (_input.Take(item, _read.AsSpan(0, count), position))
                    answers.Begin();
                await _input.SendAsync(socket, cancellationToken);
            }

            ReportDropped();
            if (socket.Age > _provider.Options.MaxSessionAge && _input.IsIdle)
            {
                OpenAiSpeechLog.Renewing(_provider.Logger, _provider.Name, socket.RequestId, socket.Age);
                return;
            }

            await _feed.WaitAsync(cancellationToken);
        }
    }

    private async Task ReceiveAsync(VendorSocket socket, AnswerWatch answers, CancellationToken cancellationToken)
    {
        var hasServed = false;
        while (true)
        {
            var message = await socket.ReceiveAsync(cancellationToken);
            if (message.Kind == VendorMessageKind.Closed)
            {
                // One that closes before it was of any use would do so again and again.
                if (!hasServed && socket.Age < _provider.Options.MaxSessionAge)
                    throw RealtimeErrors.Closed(_provider.Name, socket);
                return;
            }

            var type = RealtimeErrors.TypeOf(_provider.Name, socket, message);
            var isText = Hear(type, socket, message);
            hasServed |= isText;
            if (type == "session.created")
                socket.RequestId ??= RealtimeErrors.Read(_provider.Name, socket, message, OpenAiSpeechJson.Default.RealtimeSessionEvent).Session.Id;
            else if (!_order.IsOwed)
                answers.End();
            else if (isText)
                answers.Continue();
        }
    }

    /// <summary>Takes an event.</summary>
    /// <returns>Whether it was text of something said.</returns>
    private bool Hear(string type, VendorSocket socket, VendorMessage message)
    {
        switch (type)
        {
            case "input_audio_buffer.committed":
                _order.OnCommitted(Item().ItemId);
                return false;
            case "input_audio_buffer.speech_started":
                var started = Item();
                _order.OnSpeechStarted(started.ItemId, _input.PositionAt(started.AudioStartMs));
                return false;
            case "input_audio_buffer.speech_stopped":
                var stopped = Item();
                _order.OnSpeechStopped(stopped.ItemId, _input.PositionAt(stopped.AudioEndMs));
                return false;
            case "conversation.item.input_audio_transcription.delta":
                var delta = Words();
                _order.OnDelta(delta.ItemId, delta.Delta ?? "");
                return true;
            case "conversation.item.input_audio_transcription.completed":
                var completed = Words();
                Interlocked.Add(ref _inputTokens, completed.Usage?.InputTokens ?? 0);
                Interlocked.Add(ref _outputTokens, completed.Usage?.OutputTokens ?? 0);
                _order.OnCompleted(completed.ItemId, completed.Transcript ?? "", completed.Languages is [var heard, ..] ? heard.Code : null);
                return true;
            case "conversation.item.input_audio_transcription.failed":
                throw RealtimeErrors.Reported(_provider.Name, socket, Words().Error ?? new RealtimeErrorDetails());
            case "error":
                var error = RealtimeErrors.Read(_provider.Name, socket, message, OpenAiSpeechJson.Default.RealtimeErrorEvent).Error;
                if (error.Code != "input_audio_buffer_commit_empty")
                    throw RealtimeErrors.Reported(_provider.Name, socket, error);
                _order.OnNothingToCommit(error.EventId);
                return false;
            default:
                // Events that are about conversations, and those that come to be.
                return false;
        }

        InputAudioItemEvent Item() => RealtimeErrors.Read(_provider.Name, socket, message, OpenAiSpeechJson.Default.InputAudioItemEvent);

        InputTranscriptionEvent Words() => RealtimeErrors.Read(_provider.Name, socket, message, OpenAiSpeechJson.Default.InputTranscriptionEvent);
    }

    private void ReportDropped()
    {
        var dropped = _feed.Dropped;
        if (dropped < _reportedDropped + RealtimeTranscription.SampleRateHz)
            return;
        _reportedDropped = dropped;
        OpenAiSpeechLog.SamplesDropped(_provider.Logger, _provider.Name, dropped);
    }
}
