using Agent.Providers.AssemblyAi;

namespace Agent.Tests.Providers.AssemblyAi;

public sealed class AwaitedFlushesTests
{
    private readonly AwaitedFlushes _flushes = new();

    [Fact]
    public void Understand_FinalOfTheVoiceThatIsAskedAbout_IsTheAnswer()
    {
        _flushes.VoiceBegins(Seconds(1));
        _flushes.Add(Seconds(3));

        Assert.True(_flushes.Understand(Seconds(2)));
    }

    [Fact]
    public void Understand_FinalOfAnEarlierVoice_IsNot()
    {
        _flushes.VoiceBegins(Seconds(1));
        _flushes.VoiceBegins(Seconds(4));
        _flushes.Add(Seconds(6));

        Assert.False(_flushes.Understand(Seconds(2)));
        Assert.True(_flushes.Understand(Seconds(5)));
    }

    [Fact]
    public void Understand_FinalAfterTheNextVoiceHasBegun_AnswersTheFlushBeforeIt()
    {
        _flushes.VoiceBegins(Seconds(1));
        _flushes.Add(Seconds(3));
        _flushes.VoiceBegins(Seconds(4));
        _flushes.Add(Seconds(6));

        Assert.True(_flushes.Understand(Seconds(2)));
        _flushes.Answer();
        Assert.True(_flushes.Understand(Seconds(5)));
    }

    [Fact]
    public void Understand_WithoutAVoice_AnswersWhateverIsAsked()
    {
        Assert.False(_flushes.Understand(Seconds(1)));
        _flushes.Add(Seconds(3));

        Assert.True(_flushes.Understand(Seconds(2)));
    }

    [Fact]
    public void IsVoiceLost_VoiceWithoutAWord_UntilItIsUnderstoodOrAnswered()
    {
        _flushes.Add(Seconds(1));
        Assert.False(_flushes.IsVoiceLost);
        _flushes.Answer();

        _flushes.VoiceBegins(Seconds(2));
        _flushes.Add(Seconds(3));
        Assert.True(_flushes.IsVoiceLost);

        _flushes.Answer();
        _flushes.Add(Seconds(4));
        Assert.False(_flushes.IsVoiceLost);

        _flushes.VoiceBegins(Seconds(5));
        _flushes.Understand(Seconds(6));
        _flushes.Answer();
        _flushes.Add(Seconds(7));
        Assert.False(_flushes.IsVoiceLost);
    }

    [Fact]
    public void IsVoiceLost_AnotherVoiceSpeaks_NotYet()
    {
        _flushes.VoiceBegins(Seconds(1));
        _flushes.Add(Seconds(2));
        _flushes.VoiceBegins(Seconds(3));

        Assert.False(_flushes.IsVoiceLost);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
