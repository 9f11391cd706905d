using Agent.Pipeline.Vad;

namespace Agent.Tests.Pipeline.Vad;

public class SpeechDetectorTests
{
    private readonly SpeechDetector _detector = new(new VoiceActivityOptions());

    [Fact]
    public void Accept_TwoWindowsOfSpeech_StartsAtTheFirst()
    {
        Assert.Empty(Feed(0, 0.1f, 0.1f, 0.9f));
        var start = Assert.Single(Feed(3, 0.9f));
        Assert.Equal(new SpeechBoundary(SpeechBoundaryKind.Started, 2 * 512), start);
        Assert.True(_detector.IsSpeaking);
    }

    [Fact]
    public void Accept_OneWindowOfSpeech_IsNothing() => Assert.Empty(Feed(0, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f));

    [Fact]
    public void Accept_EightWindowsOfSilence_EndsAtTheFirst()
    {
        Feed(0, 0.9f, 0.9f);
        var end = Assert.Single(Feed(2, [.. Enumerable.Repeat(0.1f, 8)]));
        Assert.Equal(new SpeechBoundary(SpeechBoundaryKind.Ended, 2 * 512), end);
    }

    [Fact]
    public void Accept_SilenceBrokenBySpeech_BeginsToCountAnew()
    {
        Feed(0, 0.9f, 0.9f);
        Assert.Empty(Feed(2, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.8f, 0.1f, 0.1f, 0.1f));
        Assert.True(_detector.IsSpeaking);
    }

    [Fact]
    public void Accept_BetweenTheThresholds_DecidesNothing()
    {
        Assert.Empty(Feed(0, 0.4f, 0.4f, 0.4f, 0.4f));
        Feed(4, 0.9f, 0.9f);
        Assert.Empty(Feed(6, [.. Enumerable.Repeat(0.4f, 50)]));
        Assert.True(_detector.IsSpeaking);
    }

    [Fact]
    public void Stop_WhileSpeaking_EndsThere()
    {
        Feed(0, 0.9f, 0.9f);
        Assert.Equal(new SpeechBoundary(SpeechBoundaryKind.Ended, 1_024), _detector.Stop(1_024));
        Assert.Equal(SpeechBoundaryKind.None, _detector.Stop(1_024).Kind);
    }

    private List<SpeechBoundary> Feed(int first, params float[] probabilities)
    {
        var boundaries = new List<SpeechBoundary>();
        for (var i = 0; i < probabilities.Length; i++)
        {
            var boundary = _detector.Accept(probabilities[i], (first + i) * 512L, (first + i + 1) * 512L);
            if (boundary.Kind != SpeechBoundaryKind.None)
                boundaries.Add(boundary);
        }

        return boundaries;
    }
}
