using Agent.WebRtc;
using Agent.WebRtc.Dtls;
using Agent.WebRtc.Rtp;
using Agent.WebRtc.Tracks;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.WebRtc;

/// <summary>What an embedded server spends on one 20 ms Opus packet for one listener: unprotect, rewrite, protect.</summary>
[MemoryDiagnoser]
public class ForwardingBenchmarks
{
    private const int Packets = 5_000;
    private readonly byte[] _payload = new byte[100];
    private readonly byte[][] _datagrams = new byte[Packets][];
    private DtlsCertificate _certificate = null!;
    private BenchmarkEnd _publisher = null!;
    private BenchmarkEnd _ingress = null!;
    private BenchmarkEnd _egress = null!;
    private BenchmarkEnd _subscriber = null!;
    private LocalTrack _source = null!;
    private uint _timestamp;

    [GlobalSetup]
    public void Setup()
    {
        _certificate = DtlsCertificate.Create(DateTimeOffset.UnixEpoch.AddYears(56));
        _publisher = new BenchmarkEnd(_certificate, PeerRole.Client);
        _ingress = new BenchmarkEnd(_certificate, PeerRole.Server);
        _egress = new BenchmarkEnd(_certificate, PeerRole.Server);
        _subscriber = new BenchmarkEnd(_certificate, PeerRole.Client);
        _source = _publisher.Peer.AddTrack(MediaKind.Audio, "s", "t", [RtpCodec.Opus]);
        _publisher.Peer.AcceptAnswer(_ingress.Peer.AcceptOffer(_publisher.Peer.CreateOffer(), TimeSpan.Zero), TimeSpan.Zero);
        _ingress.ForwardTo = _egress.Peer.AddTrack(MediaKind.Audio, "s", "t", _ingress.Peer.RemoteTracks[0].Codecs);
        _egress.Peer.AcceptAnswer(_subscriber.Peer.AcceptOffer(_egress.Peer.CreateOffer(), TimeSpan.Zero), TimeSpan.Zero);
        BenchmarkEnd.Connect(_ingress, _publisher);
        BenchmarkEnd.Connect(_egress, _subscriber);
        _ingress.IsQuiet = _egress.IsQuiet = true;
        _publisher.TakeAll();
    }

    /// <summary>Replay protection takes each packet once, so that every iteration needs new ones.</summary>
    [IterationSetup]
    public void EncryptPackets()
    {
        for (var i = 0; i < Packets; i++) _source.Send(RtpCodec.Opus, _timestamp += 960, marker: false, _payload, TimeSpan.FromSeconds(1));
        _publisher.TakeAll().CopyTo(_datagrams, 0);
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public long ForwardPacket()
    {
        var now = TimeSpan.FromSeconds(1);
        foreach (var datagram in _datagrams) _ingress.Peer.Handle(datagram, _publisher.Address, now);
        return _egress.Sent;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var end in (BenchmarkEnd[])[_publisher, _ingress, _egress, _subscriber]) end.Dispose();
        _certificate.Dispose();
    }
}
