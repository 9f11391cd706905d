using System.Diagnostics;
using System.Net;
using Agent.WebRtc;

namespace Agent.Tests.WebRtc;

/// <summary>
/// Two connections and the wire between them, with loss, delay and reordering from a seed. Time is virtual but never slower
/// than the machine's, which OpenSSL and usrsctp keep their timers by.
/// </summary>
internal sealed class PeerLink : IDisposable
{
    public static readonly TransportAddress ServerAddress = TransportAddress.From(new IPEndPoint(IPAddress.Loopback, 40_000));
    public static readonly TransportAddress ClientAddress = TransportAddress.From(new IPEndPoint(IPAddress.Loopback, 50_000));
    private readonly PriorityQueue<(PeerEnd To, byte[] Data, TransportAddress From), (TimeSpan Due, long Order)> _wire = new();
    private readonly Random _random;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _order;
    private TimeSpan _skipped;

    public PeerLink(int seed = 1, Func<PeerConnectionOptions, PeerConnectionOptions>? configureServer = null)
    {
        _random = new Random(seed);
        Server = new PeerEnd(PeerRole.Server, ServerAddress, configureServer);
        Client = new PeerEnd(PeerRole.Client, ClientAddress);
    }

    public PeerEnd Server { get; }

    public PeerEnd Client { get; }

    public double Loss { get; set; }

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(1);

    public TimeSpan Jitter { get; set; }

    /// <summary>Sees every datagram before it is lost or not; may change it. Null drops it.</summary>
    public Func<PeerEnd, byte[], byte[]?>? Filter { get; set; }

    public TimeSpan Now => Stopwatch.GetElapsedTime(_started) + _skipped;

    /// <summary>Client offers, server answers.</summary>
    public void NegotiateFromClient() => Client.Peer.AcceptAnswer(Server.Peer.AcceptOffer(Client.Peer.CreateOffer(), Now), Now);

    /// <summary>Server offers, client answers.</summary>
    public void NegotiateFromServer() => Server.Peer.AcceptAnswer(Client.Peer.AcceptOffer(Server.Peer.CreateOffer(), Now), Now);

    /// <summary>Carries datagrams and time until the condition holds; fails after 60 s of the machine's time.</summary>
    public void RunUntil(Func<bool> condition)
    {
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(_started) > TimeSpan.FromSeconds(60)) Assert.Fail($"Not reached. Server: {Describe(Server)}. Client: {Describe(Client)}.");
            Step();
            Thread.Yield();
        }
    }

    /// <summary>Lets virtual time pass: the silence in between is skipped.</summary>
    public void Run(TimeSpan duration)
    {
        var end = Now + duration;
        while (Now < end)
        {
            var next = NextEvent();
            if (next is null || next > end)
            {
                Skip(end);
                Step();
                return;
            }

            Skip(next.Value);
            Step();
        }
    }

    public void Step()
    {
        Collect(Server);
        Collect(Client);
        while (_wire.TryPeek(out var item, out var due) && due.Due <= Now)
        {
            _wire.Dequeue();
            if (item.To is { } to) to.Peer.Handle(item.Data, item.From, Now);
        }

        foreach (var end in (PeerEnd[])[Server, Client])
        {
            if (end.Peer.NextTimeout is { } timeout && timeout <= Now) end.Peer.HandleTimeout(Now);
        }

        Collect(Server);
        Collect(Client);
    }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
    }

    private static string Describe(PeerEnd end) =>
        $"{end.Peer.State} {end.Peer.Failure} in {end.Peer.Counters.DatagramsReceived} out {end.Peer.Counters.DatagramsSent}";

    private TimeSpan? NextEvent()
    {
        TimeSpan? next = _wire.TryPeek(out _, out var due) ? due.Due : null;
        foreach (var end in (PeerEnd[])[Server, Client])
        {
            if (end.Peer.NextTimeout is { } timeout && (next is null || timeout < next)) next = timeout;
        }

        return next;
    }

    private void Skip(TimeSpan to)
    {
        var ahead = to - Now;
        if (ahead > TimeSpan.Zero) _skipped += ahead;
    }

    private void Collect(PeerEnd from)
    {
        var to = from == Server ? Client : Server;
        while (from.Outbox.TryDequeue(out var item))
        {
            var data = Filter is null ? item.Data : Filter(from, item.Data);
            if (data is null || item.To != to.Address || _random.NextDouble() < Loss) continue;
            _wire.Enqueue((to, data, from.Address), (Now + Delay + (_random.NextDouble() * Jitter), _order++));
        }
    }
}
