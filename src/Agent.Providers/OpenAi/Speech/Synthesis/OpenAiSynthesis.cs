using System.Text.Json;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.OpenAi.Speech.Http;
using Agent.Providers.OpenAi.Speech.Wire;
using Agent.Providers.Synthesizers;
using Agent.Providers.Vendors;

namespace Agent.Providers.OpenAi.Speech.Synthesis;

/// <summary>One utterance: a request for each piece of text, the next on its way while one is being read. Disposing it ends the requests at the vendor.</summary>
internal sealed class OpenAiSynthesis : ISynthesis
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationTokenSource _stop;
    private readonly OpenAiHttp _http;
    private readonly PieceRequests _requests;
    private readonly PendingText _texts;
    private readonly UnreadSound _sound;
    private readonly Task _loop;
    private long _inputTokens;
    private long _outputTokens;
    private int _isDisposed;

    public OpenAiSynthesis(OpenAiHttp http, SpeechRequests requests, TimeSpan readAhead)
    {
        _http = http;
        _requests = new PieceRequests(http, requests);
        _texts = new PendingText(_disposed.Token);
        _sound = new UnreadSound(OpenAiTextToSpeech.SampleRateHz, readAhead);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        _loop = RunAsync();
    }

    public SpeechUsage Usage => new(_sound.Duration, _requests.Characters, Interlocked.Read(ref _inputTokens), Interlocked.Read(ref _outputTokens));

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => _texts.WriteAsync(text, cancellationToken);

    public void Complete() => _texts.Complete();

    public IAsyncEnumerable<SynthesizedAudio> ReadAsync(CancellationToken cancellationToken) => _sound.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _disposed.CancelAsync();
        _texts.Complete();
        await _loop;
        _sound.Discard();
        _stop.Dispose();
        _requests.Dispose();
        _disposed.Dispose();
    }

    private async Task RunAsync()
    {
        Exception? failure = null;
        var asking = _requests.AskAsync(_texts.Reader, _stop.Token);
        try
        {
            await foreach (var piece in _requests.ReadAsync(_stop.Token))
            {
                using (var body = await piece.Answer)
                    await SpeakAsync(body, piece.Ends);
                _requests.Done();
            }

            await asking;
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // Disposed before the end: nobody reads on, and what is cut off in the middle of something may look like a lost connection.
        }
        catch (Exception e)
        {
            failure = e as ProviderException ?? VendorErrors.Garbled(_http.Provider, "what its client did not expect", innerException: e);
        }

        _texts.Complete(failure);
        await _stop.CancelAsync();
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _requests.ForgetAsync();
        _sound.Complete(failure);
    }

    private async Task SpeakAsync(ResponseBody body, int ends)
    {
        if (body.MediaType == "application/json")
            throw VendorErrors.Garbled(_http.Provider, "a message where sound was asked for", body.RequestId);
        var sound = new PieceSound(_sound, ends);
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
            await _sound.WaitForRoomAsync(_stop.Token);
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
                    await _sound.WaitForRoomAsync(_stop.Token);
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
}
