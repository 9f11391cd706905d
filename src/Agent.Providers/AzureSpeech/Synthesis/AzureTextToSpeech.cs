using Agent.Pipeline.Speech;

namespace Agent.Providers.AzureSpeech.Synthesis;

/// <summary>Azure's voices over the WebSocket protocol: text streamed in, sound streamed out, word timings.</summary>
internal sealed class AzureTextToSpeech : ITextToSpeech, IWarmable, IAsyncDisposable
{
    private readonly AzureSpeechConnections _connections;
    private readonly SynthesisSettings _settings;
    private readonly CancellationTokenSource _disposed = new();
    private Task _warming = Task.CompletedTask;

    /// <param name="name">The name as configured.</param>
    /// <param name="voice">The voice, e.g. <c>en-US-AvaMultilingualNeural</c>.</param>
    /// <param name="options">Key, address and the rest.</param>
    /// <param name="time">The clock.</param>
    public AzureTextToSpeech(string name, string voice, AzureSpeechOptions options, TimeProvider time)
    {
        Name = name;
        _settings = new SynthesisSettings(voice, options);
        Capabilities = new TextToSpeechCapabilities(_settings.SampleRateHz, _settings.WordTimings);
        _connections = new AzureSpeechConnections(name, AzureSpeechAddress.Synthesis(options), options, time);
    }

    public string Name { get; }

    public TextToSpeechCapabilities Capabilities { get; }

    public async ValueTask<ISynthesis> BeginAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var synthesis = new AzureSynthesis(Name, _connections, _settings, await _connections.TakeAsync(cancellationToken));

        // An interruption costs this connection; the answer to it finds another open.
        if (_warming.IsCompleted)
            _warming = _connections.WarmUpAsync(_disposed.Token);
        return synthesis;
    }

    public Task WarmUpAsync(CancellationToken cancellationToken) => _connections.WarmUpAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
            return;
        await _disposed.CancelAsync();
        await _warming;
        await _connections.DisposeAsync();
        _disposed.Dispose();
    }
}
