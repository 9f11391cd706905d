using Agent.WebRtc.Rtp;

namespace Agent.Tests.WebRtc.Rtp;

public sealed class RetransmissionCacheTests
{
    [Fact]
    public void TryTake_KeptGoneAndTooSoon_TellsThemApart()
    {
        var cache = new RetransmissionCache(4);
        for (ushort i = 1; i <= 5; i++) cache.Add(i, [(byte)i]);

        Assert.False(cache.TryTake(1, TimeSpan.Zero, out _));
        Assert.True(cache.TryTake(2, TimeSpan.Zero, out var packet));
        Assert.Equal((byte)2, Assert.Single(packet.ToArray()));
        Assert.False(cache.TryTake(2, TimeSpan.FromMilliseconds(19), out _));
        Assert.True(cache.TryTake(2, TimeSpan.FromMilliseconds(20), out _));
        Assert.False(cache.TryTake(6, TimeSpan.Zero, out _));
    }
}
