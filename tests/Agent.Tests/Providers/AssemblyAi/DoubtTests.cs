using Agent.Providers.AssemblyAi;
using Agent.Testing;

namespace Agent.Tests.Providers.AssemblyAi;

public sealed class DoubtTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Doubt _doubt;

    public DoubtTests() => _doubt = new Doubt(_time);

    [Fact]
    public void IsDue_NeverProved_AtOnce() => Assert.True(_doubt.IsDue);

    [Fact]
    public void Proved_AgainAndAgain_IsBelievedForLonger()
    {
        foreach (var belief in (int[])[10, 20, 40, 60, 60])
        {
            _doubt.Proved();
            Pass(belief - 1);
            Assert.False(_doubt.IsDue);
            Pass(1);
            Assert.True(_doubt.IsDue);
        }
    }

    [Fact]
    public void Understood_AfterProofs_EndsTheBelief()
    {
        _doubt.Proved();
        _doubt.Proved();
        _doubt.Understood();
        Assert.True(_doubt.IsDue);

        _doubt.Proved();
        Pass(10);
        Assert.True(_doubt.IsDue);
    }

    private void Pass(double seconds) => _time.TryFireNext(_time.Now + TimeSpan.FromSeconds(seconds));
}
