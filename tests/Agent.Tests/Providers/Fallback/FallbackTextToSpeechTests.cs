using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Fallback;
using Agent.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.Fallback;

/// <summary>A list of synthesizers: nothing is said twice, nothing is lost, whoever fails and when.</summary>
public sealed class FallbackTextToSpeechTests
{
    private static readonly ProviderException s_gone = new("a/one", ProviderErrorKind.Connection, "gone", isTransient: true);

    private readonly VirtualWorld _world = new();
    private readonly PartingSynthesizer _first;
    private readonly PartingSynthesizer _second;

    public FallbackTextToSpeechTests()
    {
        _first = new PartingSynthesizer("a/one", _world.Time);
        _second = new PartingSynthesizer("b/two", _world.Time);
    }

    [Fact]
    public void First_IsWell_SpeaksAlone()
    {
        var said = Say(List(_first, _second), "Hello there,", "my friend.");
        Assert.Equal(["Hello", "there,", "my", "friend."], said.Words.Select(word => word.Text));
        Assert.Equal(0, _second.Begun);
        Assert.Equal("a/one", said.By);
        Assert.Empty(said.PassedOver);
        Assert.Equal(0.8, said.Seconds, 0.001);
    }

    [Fact]
    public void First_CannotBegin_TheSameTextGoesToTheNext()
    {
        _first.BeginError = s_gone;
        var said = Say(List(_first, _second), "Hello there,", "my friend.");
        Assert.Equal(["Hello there,", "my friend."], _second.Written);
        Assert.Equal(["a/one"], said.PassedOver.Select(error => error.Provider));
        Assert.Equal("b/two", said.By);
    }

    [Fact]
    public void First_FailsBeforeItsFirstSound_TheSameTextGoesToTheNext()
    {
        _first.FailsAfter = 0;
        var said = Say(List(_first, _second), "Hello there,", "my friend.");
        Assert.Equal(["Hello there,", "my friend."], _second.Written);
        Assert.Equal(0.8, said.Seconds, 0.001);
        Assert.Equal(1, _first.Disposed);
    }

    [Fact]
    public void First_FailsInMidUtterance_TheNextSaysTheRest()
    {
        _first.FailsAfter = 3;
        var said = Say(List(_first, _second), "one two three four five,", "six seven.");
        Assert.Equal(["four five,", "six seven."], _second.Written);
        Assert.Equal(["one", "two", "three", "four", "five,", "six", "seven."], said.Words.Select(word => word.Text));
        Assert.Equal(said.Words.OrderBy(word => word.Start), said.Words);
        Assert.Equal(1.4, said.Seconds, 0.001);
    }

    [Fact]
    public void Next_HasAnotherRateAndNoTimings_IsBroughtToTheFirstOnesRate()
    {
        _first.FailsAfter = 2;
        var second = new PartingSynthesizer("b/two", _world.Time, 16_000) { Capabilities = new(16_000, WordTimings: false) };
        var said = Say(List(_first, second), "one two three four five,", "six seven.");
        Assert.Equal(["three four five,", "six seven."], second.Written);
        Assert.Equal(1.4, said.Seconds, 0.01);
    }

    [Fact]
    public void First_TellsTheEndsOfPiecesOnly_TheNextBeginsBehindTheLast()
    {
        var first = new PartingSynthesizer("a/one", _world.Time) { Capabilities = new(24_000, WordTimings: false), EndsPieces = true, FailsAfter = 3 };
        var second = new PartingSynthesizer("b/two", _world.Time) { EndsPieces = true };
        var said = Say(List(first, second), "one two three,", "four five,", "six seven.");
        Assert.Equal(["four five,", "six seven."], second.Written);
        Assert.Equal(3, said.PiecesEnded);
    }

    [Fact]
    public void First_Hangs_TheNextSpeaksAfterOneTimeout()
    {
        _first.Hangs = true;
        var said = Say(List(_first, _second), "Hello there.");
        Assert.InRange(said.FirstSoundAt.TotalSeconds, 1, 1.2);
        Assert.Equal(ProviderErrorKind.Timeout, Assert.Single(said.PassedOver).Kind);
        Assert.Equal(["Hello there."], _second.Written);
    }

    [Fact]
    public void All_Fail_SaysWhoAndWhy()
    {
        _first.BeginError = s_gone;
        _second.FailsAfter = 0;
        var error = Assert.Throws<ProviderException>(() => Say(List(_first, _second), "Hello there."));
        Assert.Equal("a/one, b/two", error.Provider);
        Assert.Contains("a/one (Connection); b/two (Connection)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Hello", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Usage_OfAllWhoSpoke_IsAddedUp()
    {
        _first.FailsAfter = 1;
        var said = Say(List(_first, _second), "one two");
        Assert.Equal("one two".Length + "two".Length, said.Usage.Characters);
    }

    [Fact]
    public void First_WasPutAsideAndIsWellAgain_SpeaksTheNextUtterance()
    {
        _first.BeginError = s_gone;
        var list = List(_first, _second);
        Say(list, "Hello.");
        var before = _first.Begun;
        Say(list, "Hello.");
        Assert.Equal(before, _first.Begun);
        _first.BeginError = null;
        Wait(TimeSpan.FromSeconds(3));
        Assert.Equal("a/one", Say(list, "Hello.").By);
    }

    [Fact]
    public void Failure_AtAnyWordOfAnyText_NothingIsSaidTwiceAndNothingIsLost() => Prop.ForAll(
        Gen.Choose(1, 6).NonEmptyListOf().Zip(Gen.Choose(0, 12).Two()).ToArbitrary(),
        plan =>
        {
            var test = new FallbackTextToSpeechTests();
            test._first.FailsAfter = plan.Item2.Item1;
            test._second.FailsAfter = plan.Item2.Item2;
            var third = new PartingSynthesizer("c/three", test._world.Time, 16_000);
            var number = 0;
            var pieces = plan.Item1.Take(8).Select(count => string.Join(' ', Enumerable.Range(0, count).Select(_ => $"word{++number}"))).ToArray();
            var said = test.Say(test.List(test._first, test._second, third), pieces);
            Assert.Equal(string.Join(' ', pieces).Split(' '), said.Words.Select(word => word.Text));
            Assert.Equal(number * 0.2, said.Seconds, 0.01);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private FallbackTextToSpeech List(params ITextToSpeech[] providers)
    {
        var options = new FallbackOptions();
        var lists = new TextToSpeechLists(options, _world.Time, NullLogger.Instance);
        return (FallbackTextToSpeech)lists.Make([.. providers.Select(provider => new FallbackCandidate<ITextToSpeech>(provider, lists.Watch(provider.Name, provider)))]);
    }

    private Said Say(FallbackTextToSpeech list, params string[] pieces) => _world.Run(
        async () =>
        {
            await using var synthesis = await list.BeginAsync(CancellationToken.None);
            var begun = _world.Time.Now;
            foreach (var piece in pieces)
                await synthesis.WriteAsync(piece, CancellationToken.None);
            synthesis.Complete();
            TimeSpan? first = null;
            long length = 0;
            var ended = 0;
            var words = new List<WordTiming>();
            await foreach (var audio in synthesis.ReadAsync(CancellationToken.None))
            {
                first ??= _world.Time.Now - begun;
                Assert.Equal(length, audio.Frame.Position);
                Assert.Equal(list.Capabilities.SampleRateHz, audio.Frame.SampleRateHz);
                length += audio.Frame.Samples.Length;
                words.AddRange(audio.Words);
                ended += audio.EndsPiece ? 1 : 0;
                audio.Frame.Dispose();
            }

            return new Said((double)length / list.Capabilities.SampleRateHz, words, ended, first ?? TimeSpan.Zero, synthesis.ServedBy, synthesis.PassedOver, synthesis.Usage);
        },
        TimeSpan.FromMinutes(5));

    private void Wait(TimeSpan time) => _world.Run(
        async () =>
        {
            await Task.Delay(time, _world.Time);
            return true;
        },
        TimeSpan.FromMinutes(5));

    private sealed record Said(
        double Seconds,
        IReadOnlyList<WordTiming> Words,
        int PiecesEnded,
        TimeSpan FirstSoundAt,
        string? By,
        IReadOnlyList<ProviderException> PassedOver,
        SpeechUsage Usage);
}
