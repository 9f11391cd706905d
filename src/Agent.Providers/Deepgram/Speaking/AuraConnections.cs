using System.Runtime.CompilerServices;
using Agent.Pipeline.Speech;
using Agent.Providers.Connections;
using Agent.Providers.Resilience;

namespace Agent.Providers.Deepgram.Speaking;

/// <summary>The warm connections to one voice, and the utterances that were interrupted and still clear theirs.</summary>
internal sealed class AuraConnections : IWarmable, IAsyncDisposable
{
    // The vendor ends a connection after 60 minutes: developers.deepgram.com/docs/streaming-text-to-speech (2025-07-03).
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(50);

    private readonly string _provider;
    private readonly string _query;
    private readonly DeepgramOptions _options;
    private readonly TimeProvider _time;
    private readonly VendorCall _call;
    private readonly SocketPool _pool;
    private readonly ConditionalWeakTable<VendorSocket, AuraAllowance> _allowances = [];
    private readonly Lock _gate = new();
    private readonly List<Task> _leaving = [];

    public AuraConnections(string provider, string query, DeepgramOptions options, TimeProvider time)
    {
        _provider = provider;
        _query = query;
        _options = options;
        _time = time;
        _call = new VendorCall(provider, options.Resilience, time);
        var maxAge = TimeSpan.FromTicks(Math.Min(s_maxAge.Ticks, options.Resilience.MaxConnectionAge.Ticks));
        _pool = new SocketPool(ConnectAsync, options.Aura.IdleConnections, maxAge);
    }

    /// <summary>How many lie unused.</summary>
    public int Idle => _pool.Idle;

    public Task WarmUpAsync(CancellationToken cancellationToken) => _pool.WarmUpAsync(cancellationToken);

    /// <summary>A connection on which this many characters may be spoken now.</summary>
    /// <exception cref="Pipeline.Errors.ProviderException">None could be opened.</exception>
    public async ValueTask<AuraConnection> TakeAsync(int characters, CancellationToken cancellationToken)
    {
        while (true)
        {
            var socket = await _pool.TakeAsync(cancellationToken);
            var allowance = _allowances.GetValue(socket, _ => new AuraAllowance(_time));
            if (allowance.Permits(characters))
                return new AuraConnection(socket, allowance);
            await socket.DisposeAsync();
        }
    }

    /// <summary>Gives back one on which nothing is owed any more.</summary>
    public ValueTask ReturnAsync(AuraConnection connection) => _pool.ReturnAsync(connection.Socket);

    /// <summary>Keeps an utterance that nobody listens to any more until it has left its connection.</summary>
    public void Keep(Task leaving)
    {
        lock (_gate)
        {
            _leaving.RemoveAll(static left => left.IsCompleted);
            _leaving.Add(leaving);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] leaving;
        lock (_gate)
            leaving = [.. _leaving];
        await Task.WhenAll(leaving);
        await _pool.DisposeAsync();
    }

    private async Task<VendorSocket> ConnectAsync(CancellationToken cancellationToken) =>
        await _call.ExecuteAsync(
            VendorStage.Connect,
            token => new ValueTask<VendorSocket>(DeepgramConnection.OpenGreetedAsync(_provider, "v1/speak", _query, _options, _time, token)),
            cancellationToken);
}
