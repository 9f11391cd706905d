using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Agent.WebRtc.Dtls.Native;
using Agent.WebRtc.Srtp;

namespace Agent.WebRtc.Dtls;

/// <summary>One DTLS 1.2 session over two memory buffers: datagrams in, datagrams and plain data out.</summary>
/// <remarks>OpenSSL keeps the retransmission timer by the machine's clock; <see cref="NextTimeout"/> is its remaining time added to ours.</remarks>
internal sealed unsafe class DtlsSession : IDisposable
{
    private const int MaxRecordData = 16_384;
    private const int IpAndUdpOverhead = 28; // what OpenSSL takes off a link MTU
    private const uint FirstRetransmissionMicroseconds = 100_000; // RFC 6347 says 1 s; every WebRTC client starts far below
    private const uint LastRetransmissionMicroseconds = 3_000_000;
    private static readonly TimeSpan MinTimerStep = TimeSpan.FromMilliseconds(1);
    private readonly SslHandle _session;
    private readonly nint _input;
    private readonly nint _output;
    private readonly DtlsFingerprint _expected;
    private readonly IDtlsHandler _handler;
    private readonly byte[] _datagram;
    private readonly byte[] _plain = new byte[MaxRecordData];

    /// <param name="context">The certificate's context.</param>
    /// <param name="isClient">Whether this side starts the handshake.</param>
    /// <param name="expected">What the peer's certificate must hash to.</param>
    /// <param name="maxDatagramSize">The largest datagram to send, in bytes.</param>
    /// <param name="handler">Where datagrams, data and events go.</param>
    public DtlsSession(DtlsContext context, bool isClient, DtlsFingerprint expected, int maxDatagramSize, IDtlsHandler handler)
    {
        IsClient = isClient;
        _expected = expected;
        _handler = handler;
        _datagram = new byte[maxDatagramSize];
        _session = OpenSsl.NewSession(context.Handle);
        if (_session.IsInvalid) throw DtlsError.Create("create a session");
        _input = OpenSsl.NewBio(OpenSsl.MemoryBioMethod());
        _output = OpenSsl.NewBio(OpenSsl.MemoryBioMethod());
        OpenSsl.SetBio(_session, _input, _output);
        OpenSsl.Control(_session, OpenSsl.ControlSetLinkMtu, maxDatagramSize + IpAndUdpOverhead, null);
        OpenSsl.SetTimer(_session, &NextTimerDuration);
        if (isClient) OpenSsl.SetConnectState(_session);
        else OpenSsl.SetAcceptState(_session);
    }

    public bool IsClient { get; }

    public DtlsState State { get; private set; }

    public TimeSpan? NextTimeout { get; private set; }

    /// <summary>Sends the first flight (client) or gets ready (server).</summary>
    public void Start(TimeSpan now) => Handshake(now);

    /// <returns>False when the datagram made no sense at this point.</returns>
    public bool Handle(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        if (State is DtlsState.Failed or DtlsState.Closed) return false;
        datagram = datagram[..DtlsRecord.MeasureUsable(datagram)];
        if (datagram.IsEmpty) return false;
        fixed (byte* data = datagram)
        {
            if (OpenSsl.WriteBio(_input, data, datagram.Length) != datagram.Length) return false;
        }

        if (State == DtlsState.Handshaking) Handshake(now);
        if (State == DtlsState.Connected) ReadAll(now);
        return true;
    }

    public void HandleTimeout(TimeSpan now)
    {
        if (NextTimeout is null || now < NextTimeout) return;
        OpenSsl.ClearErrors();
        var result = OpenSsl.Control(_session, OpenSsl.ControlHandleTimeout, 0, null);
        Flush();
        if (result < 0) End(DtlsState.Failed, "the peer did not answer the handshake: " + DtlsError.Describe());
        else UpdateTimer(now);
    }

    /// <summary>Sends application data in one record.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Send(ReadOnlySpan<byte> data)
    {
        if (State != DtlsState.Connected || data.IsEmpty) return false;
        int written;
        OpenSsl.ClearErrors();
        fixed (byte* buffer = data) written = OpenSsl.Write(_session, buffer, data.Length);
        Flush();
        return written == data.Length;
    }

    /// <summary>Says goodbye, once.</summary>
    public void Close()
    {
        if (State != DtlsState.Connected) return;
        State = DtlsState.Closed;
        OpenSsl.ClearErrors();
        _ = OpenSsl.Shutdown(_session);
        Flush();
    }

    public void Dispose() => _session.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint NextTimerDuration(nint session, uint previousMicroseconds) =>
        previousMicroseconds == 0 ? FirstRetransmissionMicroseconds : Math.Min(previousMicroseconds * 2, LastRetransmissionMicroseconds);

    private void Handshake(TimeSpan now)
    {
        OpenSsl.ClearErrors();
        var result = OpenSsl.DoHandshake(_session);
        var error = result == 1 ? 0 : OpenSsl.GetError(_session, result);
        Flush();
        if (result == 1)
        {
            Complete();
            UpdateTimer(now);
            return;
        }

        if (error is OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite) UpdateTimer(now);
        else End(DtlsState.Failed, "the handshake failed: " + DtlsError.Describe());
    }

    private void Complete()
    {
        if (!IsExpectedPeer())
        {
            End(DtlsState.Failed, "the peer's certificate is not the one its description names");
            return;
        }

        State = DtlsState.Connected;
        var entry = OpenSsl.GetSelectedSrtpProfile(_session);
        var profile = entry == null ? null : SrtpProfile.Find((int)entry->Id);
        if (profile is null)
        {
            _handler.DtlsConnected(null);
            return;
        }

        using var keys = new SrtpKeys(profile, IsClient);
        ReadOnlySpan<byte> label = "EXTRACTOR-dtls_srtp"u8; // RFC 5764, section 4.2
        int exported;
        fixed (byte* destination = keys.Material, text = label)
            exported = OpenSsl.ExportKeyingMaterial(_session, destination, (nuint)keys.Material.Length, text, (nuint)label.Length, null, 0, 0);
        if (exported == 1) _handler.DtlsConnected(keys);
        else End(DtlsState.Failed, "no keys could be derived: " + DtlsError.Describe());
    }

    private bool IsExpectedPeer()
    {
        var certificate = OpenSsl.GetPeerCertificate(_session);
        if (certificate == 0) return false;
        try
        {
            var length = OpenSsl.EncodeCertificate(certificate, null);
            if (length <= 0) return false;
            var der = new byte[length];
            fixed (byte* start = der)
            {
                var position = start;
                if (OpenSsl.EncodeCertificate(certificate, &position) != length) return false;
            }

            return _expected.Matches(der);
        }
        finally
        {
            OpenSsl.FreeCertificate(certificate);
        }
    }

    private void ReadAll(TimeSpan now)
    {
        while (State == DtlsState.Connected)
        {
            OpenSsl.ClearErrors();
            int length;
            fixed (byte* buffer = _plain) length = OpenSsl.Read(_session, buffer, _plain.Length);
            var error = length > 0 ? 0 : OpenSsl.GetError(_session, length);
            Flush(); // an answer to a retransmitted handshake message, or an alert
            if (length > 0)
            {
                _handler.DtlsData(_plain.AsSpan(0, length));
                continue;
            }

            if (error is OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite) UpdateTimer(now);
            else if (error == OpenSsl.ErrorZeroReturn) End(DtlsState.Closed, null);
            else End(DtlsState.Failed, "the session broke: " + DtlsError.Describe());
            return;
        }
    }

    private void End(DtlsState state, string? failure)
    {
        State = state;
        NextTimeout = null;
        OpenSsl.ClearErrors();
        _handler.DtlsEnded(failure);
    }

    /// <summary>A memory buffer keeps no datagram boundaries: records are taken out whole and packed up to the limit.</summary>
    private void Flush()
    {
        var filled = 0;
        Span<byte> header = stackalloc byte[DtlsRecord.HeaderLength];
        while (Take(header))
        {
            var length = DtlsRecord.HeaderLength + DtlsRecord.ReadLength(header);
            if (filled > 0 && filled + length > _datagram.Length) filled = Emit(filled);
            if (length > _datagram.Length)
            {
                EmitLarge(header, length);
                continue;
            }

            header.CopyTo(_datagram.AsSpan(filled));
            if (!Take(_datagram.AsSpan(filled + DtlsRecord.HeaderLength, length - DtlsRecord.HeaderLength))) return;
            filled += length;
        }

        if (filled > 0) Emit(filled);
    }

    private int Emit(int length)
    {
        _handler.SendDtls(_datagram.AsSpan(0, length));
        return 0;
    }

    private void EmitLarge(ReadOnlySpan<byte> header, int length)
    {
        var datagram = new byte[length];
        header.CopyTo(datagram);
        if (Take(datagram.AsSpan(header.Length))) _handler.SendDtls(datagram);
    }

    private bool Take(Span<byte> destination)
    {
        fixed (byte* data = destination) return OpenSsl.ReadBio(_output, data, destination.Length) == destination.Length;
    }

    private void UpdateTimer(TimeSpan now)
    {
        var remaining = stackalloc long[2]; // struct timeval: seconds, microseconds
        if (OpenSsl.Control(_session, OpenSsl.ControlGetTimeout, 0, remaining) != 1)
        {
            NextTimeout = null;
            return;
        }

        var step = TimeSpan.FromSeconds(remaining[0]) + TimeSpan.FromMicroseconds(remaining[1]);
        NextTimeout = now + (step > MinTimerStep ? step : MinTimerStep);
    }
}
