using Agent.Pipeline.Speech;
using Agent.Providers.AzureSpeech.Usp;
using Agent.Providers.AzureSpeech.Wire;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;

namespace Agent.Providers.AzureSpeech;

/// <summary>
/// Connections to one of the service's endpoints, introduced already (<c>speech.config</c> is sent once for each, as Microsoft's SDK does). The service
/// ends each after ten minutes, so that they are replaced before.
/// </summary>
internal sealed class AzureSpeechConnections : IWarmable, IAsyncDisposable
{
    private const int Idle = 4;

    private readonly string _provider;
    private readonly Uri _address;
    private readonly string _key;
    private readonly SocketPool _pool;

    public AzureSpeechConnections(string provider, Uri address, AzureSpeechOptions options, TimeProvider time)
    {
        _provider = provider;
        _address = address;
        _key = options.ApiKey;
        Time = time;
        MaxAge = options.Resilience.MaxConnectionAge;
        Call = new VendorCall(provider, options.Resilience, time);
        _pool = new SocketPool(ConnectAsync, Idle, MaxAge);
    }

    public TimeProvider Time { get; }

    public TimeSpan MaxAge { get; }

    /// <summary>Time-outs, repetitions and circuit breaker of the endpoint.</summary>
    public VendorCall Call { get; }

    /// <summary>How many warm connections lie unused.</summary>
    public int IdleCount => _pool.Idle;

    /// <summary>A connection that nobody else uses.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">None could be opened.</exception>
    public ValueTask<VendorSocket> TakeAsync(CancellationToken cancellationToken) =>
        Call.ExecuteAsync(VendorStage.Connect, _pool.TakeAsync, cancellationToken);

    /// <summary>The same without repetition, for a call that is repeated as a whole.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">It could not be opened.</exception>
    public ValueTask<VendorSocket> TakeOnceAsync(CancellationToken cancellationToken) => _pool.TakeAsync(cancellationToken);

    /// <summary>Gives one back on which no request is under way.</summary>
    public ValueTask ReturnAsync(VendorSocket socket) => _pool.ReturnAsync(socket);

    public Task WarmUpAsync(CancellationToken cancellationToken) => _pool.WarmUpAsync(cancellationToken);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<VendorSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var id = AzureSpeechVendor.NewId();
        var request = new VendorSocketRequest
        {
            Provider = _provider,
            Address = _address,
            Headers = [KeyValuePair.Create(AzureSpeechVendor.KeyHeader, _key), KeyValuePair.Create(AzureSpeechVendor.ConnectionIdHeader, id)],
            Time = Time,
        };
        return await Call.WithinAsync(
            VendorStage.Connect,
            async token =>
            {
                var socket = await VendorSocket.ConnectAsync(request, token);
                try
                {
                    socket.RequestId = id;
                    await socket.SendTextAsync(new UspWriter(Time).Text("speech.config", id, UspWriter.Json, SpeechConfig.Ours), token);
                    return socket;
                }
                catch
                {
                    await socket.DisposeAsync();
                    throw;
                }
            },
            cancellationToken);
    }
}
