using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.OpenAi.Speech.Http;
using Agent.Providers.OpenAi.Speech.Wire;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Synthesis;

/// <summary>One utterance: a request for each piece of text, the next on its way while one is being read. Disposing it ends the requests at the vendor.</summary>
internal sealed class OpenAiSynthesis : ISynthesis
{
    /// <summary>Pieces of text that may wait; a writer with more waits too.</summary>
    private const int PendingTexts = 64;

    /// <summary>Requests at the same time: the one that is read, and the next.</summary>
    private const int RequestsAtOnce = 2;

    private readonly Channel<string> _texts = Channel.CreateBounded<string>(new BoundedChannelOptions(PendingTexts) { SingleReader = true });
    private readonly Channel<SpokenPiece> _pieces = Channel.CreateUnbounded<SpokenPiece>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Channel<SynthesizedAudio> _sound = Channel.CreateUnbounded<SynthesizedAudio>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Channel<bool> _read = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _slots = new(RequestsAtOnce);
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationTokenSource _stop;
    private readonly OpenAiHttp _http;
    private readonly SpeechRequests _requests;
    private readonly long _readAheadSamples;
    private readonly Task _loop;
    private long _samples;
    private long _unreadSamples;
    private long _characters;
    private long _inputTokens;
    private long _outputTokens;
    private int _isDisposed;

    public OpenAiSynthesis(OpenAiHttp http, SpeechRequests requests, TimeSpan readAhead)
    {
        _http = http;
        _requests = requests;
        _readAheadSamples = (long)(readAhead.TotalSeconds * OpenAiTextToSpeech.SampleRateHz);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        _loop = RunAsync();
    }

    public SpeechUsage Usage => new(
        TimeSpan.FromTicks(Interlocked.Read(ref _samples) * TimeSpan.TicksPerSecond / OpenAiTextToSpeech.SampleRateHz),
        Interlocked.Read(ref _characters),
        Interlocked.Read(ref _inputTokens),
        Interlocked.Read(ref _outputTokens));

    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        try
        {
            await _texts.Writer.WriteAsync(text, either.Token);
        }
        catch (ChannelClosedException e) when (e.InnerException is ProviderException failed)
        {
            throw new ProviderException(failed.Provider, failed.Kind, failed.Message, failed.IsTransient, failed)
            {
                HttpStatus = failed.HttpStatus,
                RequestId = failed.RequestId,
                RetryAfter = failed.RetryAfter,
            };
        }
    }

    public void Complete() => _texts.Writer.TryComplete();

    public async IAsyncEnumerable<SynthesizedAudio> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _sound.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_sound.Reader.TryRead(out var piece))
            {
                Interlocked.Add(ref _unreadSamples, -piece.Frame.Samples.Length);
                _read.Writer.TryWrite(item: true);
                yield return piece;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _disposed.CancelAsync();
        _texts.Writer.TryComplete();
        await _loop;
        while (_sound.Reader.TryRead(out var piece))
            piece.Frame.Dispose();
        _stop.Dispose();
        _slots.Dispose();
        _disposed.Dispose();
    }

    private async Task RunAsync()
    {
        Exception? failure = null;
        var requesting = RequestAsync();
        try
        {
            await foreach (var piece in _pieces.Reader.ReadAllAsync(_stop.Token))
            {
                using (var body = await piece.Answer)
                    await SpeakAsync(body, piece.Ends);
                _slots.Release();
            }

            await requesting;
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // Disposed before the end: nobody reads on.
        }
        catch (Exception e)
        {
            failure = e as ProviderException ?? VendorErrors.Garbled(_http.Provider, "what its client did not expect", innerException: e);
        }

        _texts.Writer.TryComplete(failure);
        await _stop.CancelAsync();
        await requesting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ForgetAsync();
        _sound.Writer.TryComplete(failure);
    }

    /// <summary>Asks for piece after piece.</summary>
    private async Task RequestAsync()
    {
        Exception? failure = null;
        try
        {
            var silent = 0;
            await foreach (var text in _texts.Reader.ReadAllAsync(_stop.Token))
            {
                var rest = text.AsMemory().Trim();
                if (!rest.Span.ContainsAnySpeech())
                {
                    silent++;
                    continue;
                }

                while (!rest.IsEmpty)
                {
                    var part = rest[..SpeechText.CutAt(rest.Span, SpeechRequests.MostCharacters)];
                    rest = rest[part.Length..].TrimStart();
                    await _slots.WaitAsync(_stop.Token);
                    _pieces.Writer.TryWrite(new SpokenPiece(AskAsync(part.ToString()), rest.IsEmpty ? silent + 1 : 0));
                }

                silent = 0;
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            _pieces.Writer.TryComplete(failure is OperationCanceledException ? null : failure);
        }
    }

    private async Task<ResponseBody> AskAsync(string text)
    {
        var body = await _http.SendAsync(() => _requests.Make(text), _stop.Token);
        Interlocked.Add(ref _characters, text.Length);
        return body;
    }

    private async Task SpeakAsync(ResponseBody body, int ends)
    {
        var sound = new PieceSound(_sound.Writer, CountUnread, Interlocked.Read(ref _samples), ends);
        if (body.MediaType == "text/event-stream")
            await SpeakEventsAsync(body, sound);
        else
            await SpeakBytesAsync(body, sound);
        sound.End();
    }

    private async Task SpeakBytesAsync(ResponseBody body, PieceSound sound)
    {
        while (true)
        {
            await WaitForReaderAsync();
            var bytes = await body.ReadAsync(_stop.Token);
            if (bytes.IsEmpty)
                return;
            sound.Add(bytes.Span);
        }
    }

    private async Task SpeakEventsAsync(ResponseBody body, PieceSound sound)
    {
        // Read to its end, so that the connection can be used again.
        var isDone = false;
        await foreach (var data in EventStream.ReadAsync(body, _http.Provider, _stop.Token))
        {
            var said = Parse(data.Span, body.RequestId);
            if (said.Error is { } error)
                throw OpenAiErrors.Reported(_http.Provider, error.Type, error.Code, body.RequestId);
            switch (said.Type)
            {
                case "speech.audio.delta" when said.Audio is { } audio:
                    sound.Add(audio);
                    await WaitForReaderAsync();
                    break;
                case "speech.audio.done":
                    Interlocked.Add(ref _inputTokens, said.Usage?.InputTokens ?? 0);
                    Interlocked.Add(ref _outputTokens, said.Usage?.OutputTokens ?? 0);
                    isDone = true;
                    break;
                default:
                    // Events that come to be.
                    break;
            }
        }

        if (!isDone)
            throw VendorErrors.Lost(_http.Provider, body.RequestId);
    }

    private SpeechStreamEvent Parse(ReadOnlySpan<byte> data, string? requestId)
    {
        try
        {
            return JsonSerializer.Deserialize(data, OpenAiSpeechJson.Default.SpeechStreamEvent) ?? throw VendorErrors.Garbled(_http.Provider, "an empty event", requestId);
        }
        catch (JsonException)
        {
            throw VendorErrors.Garbled(_http.Provider, "an event that cannot be read", requestId);
        }
    }

    private async ValueTask WaitForReaderAsync()
    {
        while (Interlocked.Read(ref _unreadSamples) > _readAheadSamples)
            await _read.Reader.ReadAsync(_stop.Token);
    }

    /// <summary>Ends the requests whose answer nobody will read.</summary>
    private async Task ForgetAsync()
    {
        while (_pieces.Reader.TryRead(out var piece))
        {
            await ((Task)piece.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (piece.Answer.IsCompletedSuccessfully)
                (await piece.Answer).Dispose();
        }
    }

    private void CountUnread(int samples)
    {
        Interlocked.Add(ref _samples, samples);
        Interlocked.Add(ref _unreadSamples, samples);
    }
}
