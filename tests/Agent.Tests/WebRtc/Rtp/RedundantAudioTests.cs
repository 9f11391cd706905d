using Agent.WebRtc.Rtp;

namespace Agent.Tests.WebRtc.Rtp;

public sealed class RedundantAudioTests
{
    [Theory]
    [InlineData("6FAABB", "AABB")] // the primary alone
    [InlineData("EF0F00026F0102AABB", "AABB")] // one redundant block of two bytes
    [InlineData("EF0F0001EF0780016F0102AA", "AA")] // two
    [InlineData("EF0F00026F0102", "")] // an empty primary
    public void TryGetPrimary_Blocks_LastIsFound(string payload, string expected)
    {
        Assert.True(RedundantAudio.TryGetPrimary(Convert.FromHexString(payload), out var payloadType, out var primary));
        Assert.Equal(111, payloadType);
        Assert.Equal(expected, Convert.ToHexString(primary));
    }

    [Theory]
    [InlineData("")]
    [InlineData("EF")]
    [InlineData("EF0F0002")]
    [InlineData("EF0F00026F01")]
    public void TryGetPrimary_Truncated_IsRefused(string payload) =>
        Assert.False(RedundantAudio.TryGetPrimary(Convert.FromHexString(payload), out _, out _));
}
