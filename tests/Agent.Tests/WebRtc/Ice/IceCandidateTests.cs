using System.Net;
using Agent.WebRtc;
using Agent.WebRtc.Ice;

namespace Agent.Tests.WebRtc.Ice;

public sealed class IceCandidateTests
{
    [Theory]
    [InlineData("candidate:842163049 1 udp 1677729535 192.0.2.3 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0")]
    [InlineData("a=candidate:842163049 1 UDP 1677729535 192.0.2.3 46154 typ srflx")]
    public void TryParse_BrowsersLine_IsRead(string line)
    {
        Assert.True(IceCandidate.TryParse(line, out var candidate));
        Assert.Equal(new IceCandidate("842163049", 1, 1_677_729_535, TransportAddress.From(IPEndPoint.Parse("192.0.2.3:46154")), "srflx"), candidate);
    }

    [Theory]
    [InlineData("candidate:1 1 udp 2113937151 4a3f9a0c-43b1-4dc2-8b1b-2e5f3c6e9b1a.local 51000 typ host")]
    [InlineData("candidate:1 1 tcp 1518280447 192.0.2.3 9 typ host tcptype active")]
    public void TryParse_NothingToSendTo_IsNoMistakeButNull(string line)
    {
        Assert.True(IceCandidate.TryParse(line, out var candidate));
        Assert.Null(candidate);
    }

    [Theory]
    [InlineData("candidate:")]
    [InlineData("candidate:1 1 udp x 192.0.2.3 9 typ host")]
    [InlineData("candidate:1 1 udp 5 192.0.2.3 70000 typ host")]
    [InlineData("candidate:1 1 udp 5 192.0.2.3 9 of host")]
    public void TryParse_Malformed_IsRefused(string line) => Assert.False(IceCandidate.TryParse(line, out _));

    [Fact]
    public void CreateHost_BestAddress_HasThePriorityOfTheStandard()
    {
        var candidate = IceCandidate.CreateHost(TransportAddress.From(IPEndPoint.Parse("127.0.0.1:7882")), rank: 0);
        Assert.Equal("candidate:1 1 udp 2130706431 127.0.0.1 7882 typ host", candidate.ToString());
    }
}
