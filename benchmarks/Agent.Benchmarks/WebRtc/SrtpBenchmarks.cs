using System.Buffers.Binary;
using Agent.WebRtc.Srtp;
using BenchmarkDotNet.Attributes;

namespace Agent.Benchmarks.WebRtc;

/// <summary>Encrypting one 100-byte Opus packet by profile: what decides the order in which profiles are offered.</summary>
[MemoryDiagnoser]
public class SrtpBenchmarks
{
    private readonly byte[] _buffer = new byte[112 + SrtpSession.MaxTrailer];
    private SrtpSession _session = null!;
    private ushort _sequence;

    [Params(1, 7)]
    public int ProfileId { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var keys = new SrtpKeys(SrtpProfile.Find(ProfileId)!, isClient: true);
        _session = new SrtpSession(keys);
        _buffer[0] = 0x80;
        _buffer[11] = 1;
    }

    [Benchmark]
    public int Protect()
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(2), _sequence++);
        return _session.ProtectRtp(_buffer, 112);
    }

    [GlobalCleanup]
    public void Cleanup() => _session.Dispose();
}
