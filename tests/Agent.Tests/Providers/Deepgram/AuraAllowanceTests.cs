using Agent.Providers.Deepgram.Speaking;
using Agent.Tests.Worker;

namespace Agent.Tests.Providers.Deepgram;

public sealed class AuraAllowanceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Permits_TwentyFlushes_NoMoreUntilTheMinuteIsOver()
    {
        var allowance = new AuraAllowance(_time);
        for (var i = 0; i < 20; i++)
        {
            Assert.True(allowance.Permits(10));
            allowance.Note(10);
        }

        Assert.False(allowance.Permits(10));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(allowance.Permits(10));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(allowance.Permits(10));
    }

    [Fact]
    public void Permits_Characters_CountOverTheMinute()
    {
        var allowance = new AuraAllowance(_time);
        allowance.Note(1_500);
        _time.Advance(TimeSpan.FromSeconds(40));

        Assert.True(allowance.Permits(900));
        Assert.False(allowance.Permits(901));
        _time.Advance(TimeSpan.FromSeconds(23));
        Assert.True(allowance.Permits(2_000));
    }
}
