using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Agent.WebRtc.Stun;

namespace Agent.WebRtc.Ice;

/// <summary>
/// A small controlling agent for a lite remote side: checks every remote candidate in turn from its one local address, nominates
/// the first that answers, and keeps consent fresh (RFC 7675).
/// </summary>
internal sealed class IceControllingAgent(IIceHandler handler) : IIceAgent
{
    private const uint PeerReflexivePriority = (110u << 24) | (65_535u << 8) | 255;
    private const int MaxCandidates = 32;
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ConsentInterval = TimeSpan.FromSeconds(2.5);
    private readonly ulong _tieBreaker = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private readonly byte[] _transactionKey = RandomNumberGenerator.GetBytes(32);
    private readonly List<TransportAddress> _candidates = [];
    private readonly ValidatedAddresses _validated = new();
    private IceCredentials? _remote;
    private byte[] _username = [];
    private int _nextCandidate;
    private uint _transactions;

    public IceCredentials Local { get; private set; } = IceCredentials.Create();

    public TransportAddress? Selected { get; private set; }

    public TimeSpan? LastHeard { get; private set; }

    public TimeSpan? NextTimeout { get; private set; }

    public void Restart() => Local = IceCredentials.Create();

    public void SetRemote(IceCredentials remote, TimeSpan now)
    {
        if (_remote?.Ufrag == remote.Ufrag && _remote.Password == remote.Password && _username.AsSpan().EndsWith(Local.UfragBytes)) return;
        _remote = remote;
        _username = Encoding.ASCII.GetBytes($"{remote.Ufrag}:{Local.Ufrag}");
        Selected = null;
        if (_candidates.Count > 0) NextTimeout = now;
    }

    public void AddRemoteCandidate(IceCandidate candidate, TimeSpan now)
    {
        if (_candidates.Count == MaxCandidates || _candidates.Contains(candidate.Address)) return;
        _candidates.Add(candidate.Address);
        if (_remote is not null && Selected is null) NextTimeout = now;
    }

    public bool IsValidated(in TransportAddress remote) => _validated.Contains(remote);

    public void HandleTimeout(TimeSpan now)
    {
        if (NextTimeout is null || now < NextTimeout || _remote is null || _candidates.Count == 0) return;
        SendCheck(Selected ?? _candidates[_nextCandidate++ % _candidates.Count]);
        NextTimeout = now + (Selected is null ? CheckInterval : ConsentInterval);
    }

    public void Handle(in StunMessage message, in TransportAddress remote, TimeSpan now)
    {
        switch (message.Type)
        {
            case StunMessageType.BindingRequest when message.VerifyIntegrity(Local.PasswordBytes):
                Span<byte> buffer = stackalloc byte[576];
                var response = new StunWriter(buffer, StunMessageType.BindingSuccess, message.TransactionId);
                response.AddXorMappedAddress(remote);
                handler.SendStun(response.Complete(Local.PasswordBytes), remote);
                break;
            case StunMessageType.BindingSuccess when _remote is not null && message.VerifyIntegrity(_remote.PasswordBytes)
                && IsOurTransaction(message.TransactionId, remote):
                LastHeard = now;
                var isNew = _validated.Add(remote, out _);
                if (Selected is null)
                {
                    Selected = remote;
                    NextTimeout = now + ConsentInterval;
                }

                if (isNew) handler.AddressValidated(remote);
                break;
            case StunMessageType.BindingError or StunMessageType.BindingIndication:
                break;
            default:
                handler.Counters.DroppedStunUnauthenticated++;
                break;
        }
    }

    private void SendCheck(in TransportAddress remote)
    {
        Span<byte> transaction = stackalloc byte[StunMessage.TransactionIdLength];
        BinaryPrimitives.WriteUInt32BigEndian(transaction, _transactions++);
        SignTransaction(transaction, remote);
        Span<byte> buffer = stackalloc byte[576];
        var request = new StunWriter(buffer, StunMessageType.BindingRequest, transaction);
        request.Add(StunAttribute.Username, _username);
        request.AddUInt64(StunAttribute.IceControlling, _tieBreaker);
        request.AddUInt32(StunAttribute.Priority, PeerReflexivePriority);
        request.Add(StunAttribute.UseCandidate, []);
        handler.SendStun(request.Complete(_remote!.PasswordBytes), remote);
    }

    /// <summary>The transaction id is a counter and a keyed hash over it and the address: answers are recognised without a table.</summary>
    private void SignTransaction(Span<byte> transaction, in TransportAddress remote)
    {
        Span<byte> input = stackalloc byte[4 + 16 + 2];
        transaction[..4].CopyTo(input);
        input[4..].Clear();
        remote.WriteAddress(input[4..]);
        BinaryPrimitives.WriteUInt16BigEndian(input[20..], remote.Port);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_transactionKey, input, hash);
        hash[..(StunMessage.TransactionIdLength - 4)].CopyTo(transaction[4..]);
    }

    private bool IsOurTransaction(ReadOnlySpan<byte> transaction, in TransportAddress remote)
    {
        Span<byte> expected = stackalloc byte[StunMessage.TransactionIdLength];
        transaction[..4].CopyTo(expected);
        SignTransaction(expected, remote);
        return CryptographicOperations.FixedTimeEquals(expected, transaction);
    }
}
