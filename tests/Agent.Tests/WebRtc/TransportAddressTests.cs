using System.Net;
using System.Net.Sockets;
using Agent.WebRtc;

namespace Agent.Tests.WebRtc;

public sealed class TransportAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", AddressFamily.InterNetwork)]
    [InlineData("192.0.2.255", AddressFamily.InterNetworkV6)]
    [InlineData("2001:db8::7", AddressFamily.InterNetworkV6)]
    public void ToSocketAddress_AndBack_IsTheSame(string address, AddressFamily family)
    {
        var expected = TransportAddress.From(new IPEndPoint(IPAddress.Parse(address), 50_123));

        Assert.True(TransportAddress.TryFrom(expected.ToSocketAddress(family), out var actual));
        Assert.Equal(expected, actual);
        Assert.Equal(address, actual.ToIPEndPoint().Address.ToString());
        Assert.Equal(50_123, actual.Port);
    }

    [Fact]
    public void TryFrom_WhatTheRuntimeWrites_IsUnderstood()
    {
        var mapped = new IPEndPoint(IPAddress.Parse("10.1.2.3").MapToIPv6(), 9).Serialize();
        var plain = new IPEndPoint(IPAddress.Parse("10.1.2.3"), 9).Serialize();

        Assert.True(TransportAddress.TryFrom(mapped, out var fromMapped));
        Assert.True(TransportAddress.TryFrom(plain, out var fromPlain));
        Assert.Equal(fromPlain, fromMapped);
        Assert.False(fromPlain.IsIPv6);
    }

    [Fact]
    public void WriteTo_IPv6AddressIntoIPv4Socket_Throws()
    {
        var address = TransportAddress.From(new IPEndPoint(IPAddress.IPv6Loopback, 1));
        Assert.Throws<ArgumentException>(() => address.WriteTo(new SocketAddress(AddressFamily.InterNetwork)));
    }
}
