using System.Buffers.Binary;
using Agent.WebRtc.Stun;

namespace Agent.WebRtc.Ice;

/// <summary>
/// The lite side (RFC 8445, section 2.5): answers authenticated checks and sends to the address that was nominated last, so
/// that a client that changes networks is followed at its first check.
/// </summary>
internal sealed class IceLiteAgent(IIceHandler handler) : IIceAgent
{
    private const int RoleConflict = 487; // RFC 8445, section 7.3.1.1
    private const int UnknownAttribute = 420;
    private readonly ValidatedAddresses _validated = new();
    private IceCredentials? _previous;

    public IceCredentials Local { get; private set; } = IceCredentials.Create();

    public TransportAddress? Selected { get; private set; }

    public TimeSpan? LastHeard { get; private set; }

    public TimeSpan? NextTimeout => null;

    public void Restart()
    {
        _previous = Local;
        Local = IceCredentials.Create();
    }

    public void SetRemote(IceCredentials remote, TimeSpan now)
    {
        // A lite agent sends no checks, so it never needs the remote password.
    }

    public void AddRemoteCandidate(IceCandidate candidate, TimeSpan now)
    {
        // A lite agent sends no checks; the remote side's come from its candidates anyway.
    }

    public void HandleTimeout(TimeSpan now)
    {
        // Nothing is ever sent on its own.
    }

    public bool IsValidated(in TransportAddress remote) => _validated.Contains(remote);

    public void Handle(in StunMessage message, in TransportAddress remote, TimeSpan now)
    {
        if (message.Type == StunMessageType.BindingIndication) return; // keeps address translators awake only
        if (message.Type != StunMessageType.BindingRequest)
        {
            handler.Counters.DroppedStunMalformed++;
            return;
        }

        var credentials = FindCredentials(message.Username);
        if (credentials is null || !message.VerifyIntegrity(credentials.PasswordBytes))
        {
            // No error response: a stranger learns nothing and is not amplified for.
            handler.Counters.DroppedStunUnauthenticated++;
            return;
        }

        Span<byte> buffer = stackalloc byte[576];
        if (message.FindUnknownRequired() is { } unknown)
        {
            SendUnknownAttribute(message, remote, credentials, unknown, buffer);
            return;
        }

        if (message.Has(StunAttribute.IceControlled))
        {
            var conflict = new StunWriter(buffer, StunMessageType.BindingError, message.TransactionId);
            conflict.AddError(RoleConflict, "Role Conflict"u8);
            handler.SendStun(conflict.Complete(credentials.PasswordBytes), remote);
            return;
        }

        LastHeard = now;
        var response = new StunWriter(buffer, StunMessageType.BindingSuccess, message.TransactionId);
        response.AddXorMappedAddress(remote);
        handler.SendStun(response.Complete(credentials.PasswordBytes), remote);
        Select(message, remote, credentials);
    }

    private void Select(in StunMessage message, in TransportAddress remote, IceCredentials credentials)
    {
        var isNew = _validated.Add(remote, out var forgotten);
        if (message.Has(StunAttribute.UseCandidate))
        {
            Selected = remote;
            if (ReferenceEquals(credentials, Local)) _previous = null;
        }

        Selected ??= remote;
        if (isNew) handler.AddressValidated(remote);
        if (forgotten is { } old) handler.AddressForgotten(old);
    }

    private void SendUnknownAttribute(in StunMessage message, in TransportAddress remote, IceCredentials credentials, ushort unknown, Span<byte> buffer)
    {
        var error = new StunWriter(buffer, StunMessageType.BindingError, message.TransactionId);
        error.AddError(UnknownAttribute, "Unknown Attribute"u8);
        Span<byte> type = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(type, unknown);
        error.Add(StunAttribute.UnknownAttributes, type);
        handler.SendStun(error.Complete(credentials.PasswordBytes), remote);
    }

    /// <summary>The user name is "ours:theirs" (RFC 8445, section 7.2.2).</summary>
    private IceCredentials? FindCredentials(ReadOnlySpan<byte> username)
    {
        var colon = username.IndexOf((byte)':');
        if (colon < 0) return null;
        var ufrag = username[..colon];
        if (ufrag.SequenceEqual(Local.UfragBytes)) return Local;
        return _previous is not null && ufrag.SequenceEqual(_previous.UfragBytes) ? _previous : null;
    }
}
