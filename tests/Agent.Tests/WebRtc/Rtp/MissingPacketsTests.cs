using Agent.WebRtc.Rtp;

namespace Agent.Tests.WebRtc.Rtp;

public sealed class MissingPacketsTests
{
    private readonly MissingPackets _missing = new();

    [Fact]
    public void Collect_Gap_AsksAFewTimesAndGivesUp()
    {
        Receive(65_534, 0);
        Receive(2, 0);
        Assert.Empty(Collect(9));
        Assert.Equal(TimeSpan.FromMilliseconds(10), _missing.NextTimeout);
        Assert.Equal([65_535, 0, 1], Collect(10));
        Receive(0, 15);
        Assert.Empty(Collect(49));
        Assert.Equal([65_535, 1], Collect(50));
        Assert.Equal([65_535, 1], Collect(90));
        Assert.Equal([65_535, 1], Collect(130));
        Assert.Null(_missing.NextTimeout);
        Assert.Empty(Collect(1_000));
    }

    [Fact]
    public void Collect_OnlyReordered_AsksForNothing()
    {
        foreach (var sequence in (ReadOnlySpan<ushort>)[1, 3, 2, 5, 4]) Receive(sequence, 0);
        Assert.Null(_missing.NextTimeout);
        Assert.Empty(Collect(100));
    }

    [Fact]
    public void Received_JumpOrNewSource_StartsOver()
    {
        Receive(1, 0);
        Receive(3, 0);
        Receive(1_000, 0);
        Assert.Empty(Collect(100));
        Receive(1_002, 100);
        _missing.Received(ssrc: 2, 7, TimeSpan.FromMilliseconds(100));
        Assert.Empty(Collect(200));
    }

    private void Receive(ushort sequence, int milliseconds) => _missing.Received(ssrc: 1, sequence, TimeSpan.FromMilliseconds(milliseconds));

    private ushort[] Collect(int milliseconds)
    {
        Span<ushort> due = stackalloc ushort[MissingPackets.Capacity];
        return due[.._missing.Collect(due, TimeSpan.FromMilliseconds(milliseconds))].ToArray();
    }
}
