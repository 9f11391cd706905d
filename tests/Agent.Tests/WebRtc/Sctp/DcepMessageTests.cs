using Agent.WebRtc.Sctp;

namespace Agent.Tests.WebRtc.Sctp;

public sealed class DcepMessageTests
{
    public static TheoryData<DataChannelOptions> Options =>
    [
        new DataChannelOptions(),
        new DataChannelOptions { Ordered = false, MaxRetransmits = 0 },
        new DataChannelOptions { Ordered = false, MaxRetransmits = 65_535, Protocol = "chat" },
        new DataChannelOptions { MaxLifetime = TimeSpan.FromMilliseconds(1_500) },
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void WriteOpen_AnyOptions_ReadBack(DataChannelOptions options)
    {
        Assert.True(DcepMessage.TryReadOpen(DcepMessage.WriteOpen("lämp", options), out var label, out var read));
        Assert.Equal("lämp", label);
        Assert.Equal(options, read);
    }

    [Fact]
    public void WriteOpen_Unreliable_IsTheWireFormat() =>
        Assert.Equal("038101000000000000010000" + "78", Convert.ToHexString(DcepMessage.WriteOpen("x", new DataChannelOptions { Ordered = false, MaxRetransmits = 0 })));

    [Theory]
    [InlineData("")]
    [InlineData("03")]
    [InlineData("030001000000000000020000" + "78")] // label cut off
    [InlineData("030001000000000000010000" + "7878")] // something behind it
    [InlineData("030301000000000000010000" + "78")] // unknown channel type
    public void TryReadOpen_Malformed_IsRefused(string hex) => Assert.False(DcepMessage.TryReadOpen(Convert.FromHexString(hex), out _, out _));
}
