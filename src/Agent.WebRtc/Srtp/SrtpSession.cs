using System.Buffers.Binary;
using System.Security.Cryptography;
using Agent.WebRtc.Native;
using Agent.WebRtc.Srtp.Native;

namespace Agent.WebRtc.Srtp;

/// <summary>Both directions of SRTP and SRTCP of one connection, any number of sources, in place and without allocation.</summary>
internal sealed unsafe class SrtpSession : IDisposable
{
    /// <summary>How much room a packet needs behind it for the tag, index and alignment: libsrtp's SRTP_MAX_TRAILER_LEN and 4.</summary>
    public const int MaxTrailer = 148;

    private const int MinRtpLength = 12;
    private const int MinRtcpLength = 8;
    private const int MaxSources = 1024; // each costs native memory; a client makes a new one for each track it publishes
    private const uint ReplayWindow = 1024; // packets; a retransmission of video comes late
    private readonly SrtpSessionHandle _inbound;
    private readonly SrtpSessionHandle _outbound;
    private readonly HashSet<uint> _inboundSources = [];

    public SrtpSession(SrtpKeys keys)
    {
        Profile = keys.Profile;
        _inbound = Create(keys, outbound: false);
        _outbound = Create(keys, outbound: true);
    }

    public SrtpProfile Profile { get; }

    /// <summary>Decrypts in place.</summary>
    public SrtpResult UnprotectRtp(Span<byte> packet, out int length)
    {
        length = 0;
        if (packet.Length < MinRtpLength) return SrtpResult.Malformed;
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        if (_inboundSources.Count == MaxSources && !_inboundSources.Contains(ssrc)) return SrtpResult.Malformed;
        var result = packet.Length;
        int status;
        fixed (byte* data = packet) status = SrtpLibrary.Unprotect(_inbound, data, &result);
        length = result;
        if (status == SrtpLibrary.Ok && _inboundSources.Count < MaxSources) _inboundSources.Add(ssrc);
        return ToResult(status);
    }

    /// <summary>Decrypts in place.</summary>
    public SrtpResult UnprotectRtcp(Span<byte> packet, out int length)
    {
        length = 0;
        if (packet.Length < MinRtcpLength) return SrtpResult.Malformed;
        var result = packet.Length;
        int status;
        fixed (byte* data = packet) status = SrtpLibrary.UnprotectRtcp(_inbound, data, &result);
        length = result;
        return ToResult(status);
    }

    /// <summary>Encrypts in place.</summary>
    /// <param name="buffer">The packet and at least <see cref="MaxTrailer"/> bytes behind it.</param>
    /// <param name="length">The packet's length.</param>
    /// <returns>The length on the wire; 0 when it failed.</returns>
    public int ProtectRtp(Span<byte> buffer, int length)
    {
        if (length < MinRtpLength || buffer.Length < length + MaxTrailer) return 0;
        int status;
        fixed (byte* data = buffer) status = SrtpLibrary.Protect(_outbound, data, &length);
        return status == SrtpLibrary.Ok ? length : 0;
    }

    /// <summary>Encrypts in place.</summary>
    /// <param name="buffer">The packet and at least <see cref="MaxTrailer"/> bytes behind it.</param>
    /// <param name="length">The packet's length.</param>
    /// <returns>The length on the wire; 0 when it failed.</returns>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        if (length < MinRtcpLength || buffer.Length < length + MaxTrailer) return 0;
        int status;
        fixed (byte* data = buffer) status = SrtpLibrary.ProtectRtcp(_outbound, data, &length);
        return status == SrtpLibrary.Ok ? length : 0;
    }

    /// <summary>Frees what is kept for a source that is sent no more.</summary>
    public void RemoveOutbound(uint ssrc) => _ = SrtpLibrary.RemoveStream(_outbound, BinaryPrimitives.ReverseEndianness(ssrc));

    public void Dispose()
    {
        _inbound.Dispose();
        _outbound.Dispose();
    }

    private static SrtpResult ToResult(int status) => status switch
    {
        SrtpLibrary.Ok => SrtpResult.Ok,
        SrtpLibrary.ReplayFailed or SrtpLibrary.ReplayOld => SrtpResult.Replayed,
        _ => SrtpResult.Unauthenticated,
    };

    private static SrtpSessionHandle Create(SrtpKeys keys, bool outbound)
    {
        var key = stackalloc byte[keys.Profile.KeyLength + keys.Profile.SaltLength];
        var keySpan = new Span<byte>(key, keys.Profile.KeyLength + keys.Profile.SaltLength);
        keys.CopyTo(keySpan, outbound);
        var policy = new SrtpPolicy
        {
            SsrcType = outbound ? SrtpPolicy.AnyOutbound : SrtpPolicy.AnyInbound,
            Key = key,
            WindowSize = ReplayWindow,
            AllowRepeatedSending = 1, // answers to NACK are the same packet again, where no RTX was negotiated
        };
        var status = SrtpLibrary.SetRtp(&policy.Rtp, keys.Profile.Id);
        if (status == SrtpLibrary.Ok) status = SrtpLibrary.SetRtcp(&policy.Rtcp, keys.Profile.Id);
        SrtpSessionHandle? session = null;
        if (status == SrtpLibrary.Ok) status = SrtpLibrary.Create(out session, &policy);
        CryptographicOperations.ZeroMemory(keySpan);
        if (status == SrtpLibrary.Ok) return session!;
        session?.Dispose();
        throw new NativeLibraryException($"libsrtp2 cannot create a session for {keys.Profile.OpenSslName} (status {status}).");
    }
}
