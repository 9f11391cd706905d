using System.Net;
using System.Text;
using Agent.WebRtc;
using Agent.WebRtc.Ice;
using Agent.WebRtc.Stun;

namespace Agent.Tests.WebRtc.Ice;

public sealed class IceLiteAgentTests : IIceHandler
{
    private static readonly TransportAddress s_first = TransportAddress.From(IPEndPoint.Parse("192.0.2.1:1000"));
    private static readonly TransportAddress s_second = TransportAddress.From(IPEndPoint.Parse("192.0.2.2:2000"));
    private readonly List<(byte[] Message, TransportAddress To)> _sent = [];
    private readonly List<TransportAddress> _validated = [];
    private readonly List<TransportAddress> _forgotten = [];
    private readonly IceLiteAgent _agent;

    public IceLiteAgentTests() => _agent = new IceLiteAgent(this);

    PeerCounters IIceHandler.Counters { get; } = new();

    private PeerCounters Counters => ((IIceHandler)this).Counters;

    [Fact]
    public void Handle_AuthenticatedCheck_IsAnsweredWithItsAddress()
    {
        Check(s_first, _agent.Local);

        var (data, to) = Assert.Single(_sent);
        Assert.Equal(s_first, to);
        Assert.True(StunMessage.TryParse(data, out var response));
        Assert.Equal(StunMessageType.BindingSuccess, response.Type);
        Assert.True(response.VerifyIntegrity(_agent.Local.PasswordBytes));
        Assert.True(response.TryGetXorMappedAddress(out var mapped));
        Assert.Equal(s_first, mapped);
        Assert.Equal(s_first, _agent.Selected);
        Assert.Equal([s_first], _validated);
    }

    [Fact]
    public void Handle_WrongPasswordOrUser_IsCountedAndNotAnswered()
    {
        Check(s_first, new IceCredentials(_agent.Local.Ufrag, "not the password at all"));
        Check(s_first, new IceCredentials("somebody", _agent.Local.Password));

        Assert.Empty(_sent);
        Assert.Empty(_validated);
        Assert.False(_agent.IsValidated(s_first));
        Assert.Equal(2, Counters.DroppedStunUnauthenticated);
    }

    [Fact]
    public void Handle_NominationFromAnotherAddress_MovesThere()
    {
        Check(s_first, _agent.Local, nominate: true);
        Check(s_second, _agent.Local);
        Assert.Equal(s_first, _agent.Selected);
        Check(s_second, _agent.Local, nominate: true);

        Assert.Equal(s_second, _agent.Selected);
        Assert.True(_agent.IsValidated(s_first));
    }

    [Fact]
    public void Handle_PeerThinksItIsControlled_LearnsOfTheConflict()
    {
        Check(s_first, _agent.Local, role: StunAttribute.IceControlled);

        Assert.True(StunMessage.TryParse(Assert.Single(_sent).Message, out var response));
        Assert.Equal(StunMessageType.BindingError, response.Type);
        Assert.True(response.TryGet(StunAttribute.ErrorCode, out var error));
        Assert.Equal("00000457", Convert.ToHexString(error[..4]));
        Assert.Null(_agent.Selected);
    }

    [Fact]
    public void Handle_UnknownRequiredAttribute_IsNamedInTheError()
    {
        Check(s_first, _agent.Local, extra: 0x7FFF);

        Assert.True(StunMessage.TryParse(Assert.Single(_sent).Message, out var response));
        Assert.True(response.TryGet(StunAttribute.UnknownAttributes, out var unknown));
        Assert.Equal("7FFF", Convert.ToHexString(unknown));
    }

    [Fact]
    public void Handle_ManyAddresses_TheOldestIsForgotten()
    {
        Check(s_first, _agent.Local);
        for (ushort port = 1; port <= 15; port++) Check(TransportAddress.FromBytes([10, 0, 0, 1], port), _agent.Local);
        Assert.Empty(_forgotten);
        Check(s_second, _agent.Local);

        Assert.Equal([s_first], _forgotten);
        Assert.False(_agent.IsValidated(s_first));
        Assert.True(_agent.IsValidated(s_second));
    }

    [Fact]
    public void Restart_OldCredentials_AreGoodUntilTheNewOnesAreNominated()
    {
        var old = _agent.Local;
        Check(s_first, old, nominate: true);
        _agent.Restart();
        Check(s_first, old, nominate: true);
        Assert.Equal(0, Counters.DroppedStunUnauthenticated);
        Check(s_first, _agent.Local, nominate: true);
        Check(s_first, old);

        Assert.Equal(1, Counters.DroppedStunUnauthenticated);
    }

    void IIceHandler.SendStun(ReadOnlySpan<byte> message, in TransportAddress remote) => _sent.Add((message.ToArray(), remote));

    void IIceHandler.AddressValidated(in TransportAddress remote) => _validated.Add(remote);

    void IIceHandler.AddressForgotten(in TransportAddress remote) => _forgotten.Add(remote);

    private void Check(TransportAddress from, IceCredentials credentials, bool nominate = false, ushort role = StunAttribute.IceControlling, ushort extra = 0)
    {
        Span<byte> buffer = stackalloc byte[576];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, "0123456789ab"u8);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes(credentials.Ufrag + ":them"));
        writer.AddUInt64(role, 42);
        if (nominate) writer.Add(StunAttribute.UseCandidate, []);
        if (extra != 0) writer.AddUInt32(extra, 0);
        Assert.True(StunMessage.TryParse(writer.Complete(credentials.PasswordBytes), out var message));
        _agent.Handle(message, from, TimeSpan.Zero);
    }
}
