using Agent.Pipeline.Errors;
using Agent.Pipeline.Listening;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Agent.Tests.Pipeline.Listening;

/// <summary>One participant's speech over several connections: what was said is what arrives, once.</summary>
public sealed class RecogniserTests : IRecogniserListener
{
    private const int Frame = 160;
    private const int Word = 30;
    private static readonly ProviderException s_refused = new("test/numbers", ProviderErrorKind.Connection, "refused", isTransient: true);

    private readonly VirtualWorld _world = new();
    private readonly List<(string Text, long Start, long End)> _finals = [];
    private readonly List<ProviderException> _failures = [];
    private readonly List<(int Frame, Action Do)> _cues = [];
    private readonly List<TimeSpan> _answers = [];
    private readonly List<string> _interims = [];
    private int _asked;
    private readonly NumberRecogniser _provider;
    private readonly Recogniser _recogniser;

    public RecogniserTests()
    {
        _provider = new NumberRecogniser(_world.Time);
        _recogniser = new Recogniser(_provider, new SessionClock(_world.Time), this);
    }

    [Fact]
    public void Connection_BreaksInMidTurn_EveryWordComesOnceAndWhereItWasSaid()
    {
        _cues.Add((170, _provider.Break));
        Listen(words: 8, frames: 400, flushAt: 320);
        Assert.Equal(2, _provider.Opened);
        Assert.Single(_failures);
        ShouldHear(8);
    }

    [Fact]
    public void Connection_IsRefusedAfterALoss_GapIsGivenToTheNext()
    {
        _cues.Add((125, () =>
        {
            _provider.Refusals.Enqueue(s_refused);
            _provider.Break();
        }
        ));
        Listen(words: 8, frames: 500, flushAt: 320);
        Assert.Equal(2, _failures.Count);
        ShouldHear(8);
    }

    [Fact]
    public void Connection_FallsDead_IsGivenUpAndTheNextAnswers()
    {
        _cues.Add((100, _provider.FallDead));
        Listen(words: 8, frames: 700, flushAt: 320);
        Assert.Equal(1, _provider.GivenUp);
        var error = Assert.Single(_failures);
        Assert.Equal(ProviderErrorKind.Timeout, error.Kind);
        Assert.Contains("AnswerTimeout", error.Message, StringComparison.Ordinal);
        ShouldHear(8);
        Assert.InRange((Assert.Single(_answers) - TimeSpan.FromSeconds(3.2)).TotalSeconds, 1.5, 2);
    }

    [Fact]
    public void Connection_SilentThroughLongSpeech_IsReplacedOnceBeforeTheEnd()
    {
        _cues.Add((5, _provider.FallDead));
        Listen(words: 20, frames: 900, flushAt: 700);
        Assert.Contains("SilenceTimeout", Assert.Single(_failures).Message, StringComparison.Ordinal);
        ShouldHear(20);
    }

    [Fact]
    public void Connection_OfWholeSegments_IsNotTakenForDeadBeforeItWasAsked()
    {
        _provider.Capabilities = _provider.Capabilities with { NeedsWholeSegments = true };
        _cues.Add((5, _provider.FallDead));
        Listen(words: 20, frames: 1_400, flushAt: 700);
        Assert.Contains("AnswerTimeout", Assert.Single(_failures).Message, StringComparison.Ordinal);
        ShouldHear(20);
    }

    [Fact]
    public void Connection_BreaksWhileItOwesAnAnswer_IsAskedAgain()
    {
        _cues.Add((322, _provider.Break));
        Listen(words: 8, frames: 400, flushAt: 320);
        Assert.InRange((Assert.Single(_answers) - TimeSpan.FromSeconds(3.2)).TotalSeconds, 0.08, 0.4);
        ShouldHear(8);
    }

    [Fact]
    public void Connection_IsReplaced_WhatWasShownIsNotShownGrowingAgain()
    {
        _cues.Add((115, _provider.Break));
        Listen(words: 2, frames: 200, flushAt: 150);
        Assert.Equal(["1", "1 2", "1 2"], _interims);
    }

    [Fact]
    public void Silence_IsNotGivenAgain()
    {
        _cues.Add((3_000, _provider.Break));
        Listen(words: 0, frames: 3_050, flushAt: 10_000);
        Assert.InRange(_provider.Pushed, 3_050 * Frame, 3_255 * Frame);
    }

    [Fact]
    public void Speech_LongerThanIsKept_TheNextHearsTheLastOfIt()
    {
        _provider.FallDead();
        for (var i = 0; i < 3; i++)
            _provider.Refusals.Enqueue(s_refused);
        Listen(words: 180, frames: 6_000, flushAt: 5_900, start: 300);
        Assert.Equal("180", _finals[^1].Text.Split(' ')[^1]);
        Assert.True(_finals.TrueForAll(final => final.End - final.Start > 0));
    }

    [Fact]
    public void Flush_NobodyCanAnswer_SaysSo()
    {
        for (var i = 0; i < 100; i++)
            _provider.Refusals.Enqueue(s_refused);
        var answered = true;
        _cues.Add((100, () => answered = _recogniser.TryFlush()));
        Listen(words: 2, frames: 120, flushAt: 10_000);
        Assert.False(answered);
    }

    [Fact]
    public void Usage_OverSeveralConnections_CountsWhatEachWasGiven()
    {
        _cues.Add((170, _provider.Break));
        Listen(words: 8, frames: 400, flushAt: 320);
        Assert.Equal(_provider.Pushed / 16_000.0, _recogniser.Usage.Audio.TotalSeconds, 0.001);
    }

    [Fact]
    public void Connections_BreakFallDeadAndAreRefusedAtRandom_WhatWasSaidArrives() => Prop.ForAll(
        Gen.Choose(0, 380).ListOf().Zip(Gen.Choose(0, 2)).ToArbitrary(),
        plan =>
        {
            var test = new RecogniserTests();
            foreach (var (at, i) in plan.Item1.Take(6).Select((at, i) => (at, i)))
            {
                test._cues.Add((at, ((i + plan.Item2) % 3) switch
                {
                    0 => (Action)test._provider.Break,
                    1 => test._provider.FallDead,
                    _ => () =>
                    {
                        test._provider.Refusals.Enqueue(s_refused);
                        test._provider.Break();
                    }
                    ,
                }));
            }

            // Where nobody could answer the session goes on, and asks again.
            for (var again = 400; again < 4_000; again += 50)
                test._cues.Add((again, () => _ = test._answers.Count < test._asked || test.Asks()));
            test.Listen(words: 10, frames: 4_000, flushAt: 10_000);
            test.ShouldHear(10);
            Assert.InRange(test._answers.Count, test._asked - 1, test._asked);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    void IRecogniserListener.OnTranscript(Transcript transcript, long start, long end)
    {
        if (transcript.Kind == TranscriptKind.Final)
            _finals.Add((transcript.Text, start, end));
        if (transcript.Kind == TranscriptKind.Interim)
            _interims.Add(transcript.Text);
        if (transcript.Kind == TranscriptKind.Flushed)
            _answers.Add(_world.Time.Now);
    }

    void IRecogniserListener.OnRecogniserFailed(ProviderException error) => _failures.Add(error);

    void IRecogniserListener.OnFlushGivenUp() => _answers.Add(_world.Time.Now);

    void IRecogniserListener.OnRecogniserReplaced(ProviderException error, string by) => _failures.Add(error);

    /// <summary>Words of 0.3 s one after another, from half a second on.</summary>
    private void Listen(int words, int frames, int flushAt, int start = 50) => _world.Run(
        async () =>
        {
            using var stop = new CancellationTokenSource();
            var running = _recogniser.RunAsync(stop.Token);
            var samples = new short[Frame];
            for (var i = 0; i < frames; i++)
            {
                var word = words > 0 && i >= start && i < start + words * Word ? (i - start) / Word + 1 : 0;
                samples.AsSpan().Fill((short)word);
                if (i == start + 10 && words > 0)
                    _recogniser.SpeechBegins();
                if (i == start + words * Word + 5 && words > 0)
                    _recogniser.SpeechEnds();
                _recogniser.Push(samples, Position(i));
                if (i == flushAt)
                    Assert.True(_recogniser.TryFlush());
                foreach (var (_, action) in _cues.Where(cue => cue.Frame == i))
                    action();
                await Task.Delay(TimeSpan.FromMilliseconds(10), _world.Time);
            }

            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            return true;
        },
        TimeSpan.FromMinutes(5));

    private bool Asks()
    {
        var asks = _recogniser.TryFlush();
        _asked += asks ? 1 : 0;
        return asks;
    }

    private void ShouldHear(int words)
    {
        Assert.Equal(string.Join(' ', Enumerable.Range(1, words)), string.Join(' ', _finals.Select(final => final.Text)));
        foreach (var (text, start, end) in _finals)
        {
            var numbers = text.Split(' ');
            Assert.Equal(Position(50 + (int.Parse(numbers[0], System.Globalization.CultureInfo.InvariantCulture) - 1) * Word), start);
            Assert.Equal(Position(50 + int.Parse(numbers[^1], System.Globalization.CultureInfo.InvariantCulture) * Word), end);
        }
    }

    // The participant was muted for a while before the conversation.
    private static long Position(int frame) => 7_777 + (long)frame * Frame;
}
