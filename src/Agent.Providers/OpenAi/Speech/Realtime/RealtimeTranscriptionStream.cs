using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.OpenAi.Speech.Segments;
using Agent.Providers.OpenAi.Speech.Wire;
using Agent.Providers.OpenAi.Wire;

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

    private readonly RealtimeTranscription _provider;
    private readonly SpeechExchange _exchange;
    private readonly TranscriptOrder _order;
    private readonly TranscriptionInput _input;
    private long _inputTokens;
    private long _outputTokens;

    public RealtimeTranscriptionStream(RealtimeTranscription provider, TranscriptionConnection connection)
    {
        _provider = provider;
        _exchange = new SpeechExchange(provider.Name, RealtimeTranscription.SampleRateHz, provider.Options.Backlog, provider.Time, provider.Logger);
        _order = new TranscriptOrder(RealtimeTranscription.SampleRateHz, provider.Model.Language, _exchange.Write);
        _input = new TranscriptionInput(_order, provider.IsServerDetecting, new SegmentLimits(provider.Options.LongestSegment), LeastSamples);
        _exchange.Start(() => WorkAsync(connection));
    }

    public SpeechUsage Usage => new(
        TimeSpan.FromTicks(_input.SentSamples * TimeSpan.TicksPerSecond / RealtimeTranscription.SampleRateHz),
        InputTokens: Interlocked.Read(ref _inputTokens),
        OutputTokens: Interlocked.Read(ref _outputTokens));

    public void Push(ReadOnlySpan<short> samples) => _exchange.Push(samples);

    public void SpeechBegins() => _exchange.SpeechBegins();

    public void Flush() => _exchange.Flush();

    public IAsyncEnumerable<Transcript> ReadAsync(CancellationToken cancellationToken) => _exchange.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        _input.Dispose();
    }

    private async Task WorkAsync(TranscriptionConnection connection)
    {
        while (true)
        {
            await using (connection.Socket)
                await ServeAsync(connection);
            connection = await _provider.TakeAsync(_exchange.Disposed);
        }
    }

    /// <summary>Uses one connection until it is to be replaced.</summary>
    private async Task ServeAsync(TranscriptionConnection connection)
    {
        var socket = connection.Socket;
        _input.Connected();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_exchange.Disposed);
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

        _exchange.Disposed.ThrowIfCancellationRequested();
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
            if (_input.Take(await _exchange.NextAsync(cancellationToken)))
                answers.Begin();
            await _input.SendAsync(socket, cancellationToken);
            if (socket.Age <= _provider.Options.MaxSessionAge || !_input.IsIdle)
                continue;
            OpenAiSpeechLog.Renewing(_provider.Logger, _provider.Name, socket.RequestId, socket.Age);
            return;
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
}
