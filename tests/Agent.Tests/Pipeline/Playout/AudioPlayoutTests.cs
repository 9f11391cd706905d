using Agent.Pipeline.Playout;
using Agent.Pipeline.Speech;
using Agent.Tests.Pipeline.Harness;

namespace Agent.Tests.Pipeline.Playout;

public sealed class AudioPlayoutTests : IPlayoutListener, IDisposable
{
    private readonly SteppedOutput _output = new();
    private readonly AudioPlayout _playout;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _told = [];

    public AudioPlayoutTests()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        _playout = new AudioPlayout(_output, this);
    }

    [Fact]
    public async Task Run_WholeUtterance_PlaysItToTheLastSample()
    {
        var utterance = await BeginAsync(samples: 1_000);
        while (_output.IsWritten)
            _output.Step();
        await FinishedAsync(utterance);
        Assert.Equal(7, _output.Frames);
        Assert.Equal((961, 0), (_output.FirstSample, _output.LastSample));
        Assert.Equal(1_000, utterance.Audio.Position);
        Assert.Equal(["audible", "finished"], _told);
    }

    [Fact]
    public async Task Pause_WhilePlaying_SendsNoFurtherFrameAndResumesWithTheNext()
    {
        var utterance = await BeginAsync(samples: 1_600);
        _output.Step();
        _playout.Pause();
        _output.Step();
        Assert.False(_output.IsWritten);
        Assert.Equal(320, utterance.Audio.Position);

        _playout.Resume();
        await WrittenAsync();
        Assert.Equal(321, _output.FirstSample);
    }

    [Fact]
    public async Task Stop_WhilePlaying_ClearsTheRoomAndTellsNothingMore()
    {
        var utterance = await BeginAsync(samples: 1_600);
        _output.Step();
        _playout.Stop(utterance);
        Assert.Equal(1, _output.Clears);
        _output.Step();
        Assert.False(_output.IsWritten);
        Assert.Equal(2, _output.Frames);
        Assert.Equal(["audible"], _told);
    }

    [Fact]
    public async Task Stop_ThenAnother_PlaysTheOther()
    {
        var first = await BeginAsync(samples: 1_600);
        _playout.Stop(first);
        _output.Step();
        var second = _playout.Create("second");
        await FillAsync(second, 160, from: 5_000);
        _playout.Play(second);
        await WrittenAsync();
        Assert.Equal(5_001, _output.FirstSample);
    }

    [Fact]
    public async Task Run_SynthesizerBehind_WaitsForWholeFrames()
    {
        var utterance = _playout.Create("slow");
        var running = _playout.RunAsync(_stop.Token);
        _playout.Play(utterance);
        await utterance.Audio.WriteAsync(new short[100], CancellationToken.None);
        Assert.Equal(0, _output.Frames);
        await utterance.Audio.WriteAsync(new short[100], CancellationToken.None);
        await WrittenAsync();
        _output.Step();
        Assert.Equal(1, _output.Frames);
        utterance.Audio.Complete();
        await WrittenAsync();
        Assert.Equal(2, _output.Frames);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Run_SoundRunsOut_IsToldOnceAndAgainWhenThereIsMore()
    {
        var utterance = _playout.Create("tool");
        var running = _playout.RunAsync(_stop.Token);
        _playout.Play(utterance);
        await utterance.Audio.WriteAsync(new short[320], CancellationToken.None);
        await WrittenAsync();
        _output.Step();
        _output.Step();
        await UntilAsync(() => _told.Contains("dry"));
        Assert.True(utterance.Audio.IsDry);

        await FillAsync(utterance, 160);
        await WrittenAsync();
        _output.Step();
        await FinishedAsync(utterance);
        Assert.Equal(["audible", "dry", "audible", "finished"], _told);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Play_AnotherInBetween_GoesOnWhereItWas()
    {
        var first = _playout.Create("first");
        var running = _playout.RunAsync(_stop.Token);
        _playout.Play(first);
        await first.Audio.WriteAsync(new short[160], CancellationToken.None);
        await WrittenAsync();
        _output.Step();
        await UntilAsync(() => _told.Contains("dry"));

        var second = _playout.Create("second");
        await FillAsync(second, 160, from: 5_000);
        _playout.Play(second);
        await WrittenAsync();
        Assert.Equal(5_001, _output.FirstSample);
        await FillAsync(first, 160, from: 7_000);
        _output.Step();
        await FinishedAsync(second);
        Assert.False(_output.IsWritten);

        _playout.Play(first);
        await WrittenAsync();
        Assert.Equal(7_001, _output.FirstSample);
        _output.Step();
        await FinishedAsync(first);
        Assert.Equal(320, first.Audio.Position);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Run_Words_AreReportedWhenHalfOfThemWasHeard()
    {
        var utterance = _playout.Create("words");
        utterance.Words.Add("one two");
        utterance.Words.Add([new WordTiming("one", Ms(0), Ms(40)), new WordTiming("two", Ms(40), Ms(80))]);
        await FillAsync(utterance, 1_280);
        utterance.Words.Settle(1_280);
        var running = _playout.RunAsync(_stop.Token);
        _playout.Play(utterance);
        await WrittenAsync();
        for (var i = 0; i < 7; i++)
            _output.Step();
        Assert.Equal(["audible", "heard 1 at 320", "heard 2 at 960"], _told);
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task Run_SteadyState_AllocatesNothing()
    {
        var utterance = await BeginAsync(samples: 16_000 * 25);
        for (var i = 0; i < 100; i++)
            _output.Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2_000; i++)
            _output.Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2_101, _output.Frames);
        Assert.Equal(2_100 * 160, utterance.Audio.Position);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    void IPlayoutListener.OnAudible(Utterance utterance) => _told.Add("audible");

    void IPlayoutListener.OnDry(Utterance utterance) => _told.Add("dry");

    void IPlayoutListener.OnHeard(Utterance utterance, int words) => _told.Add($"heard {words} at {utterance.Audio.Position}");

    void IPlayoutListener.OnFinished(Utterance utterance) => _told.Add("finished");

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static async Task FillAsync(Utterance utterance, int samples, int from = 0)
    {
        var audio = new short[samples];
        for (var i = 0; i < samples; i++)
            audio[i] = (short)(from + i + 1);
        await utterance.Audio.WriteAsync(audio, CancellationToken.None);
        utterance.Audio.Complete();
    }

    private async Task<Utterance> BeginAsync(int samples)
    {
        var utterance = _playout.Create("utterance");
        await FillAsync(utterance, samples);
        _playout.Play(utterance);
        _ = _playout.RunAsync(_stop.Token);
        await WrittenAsync();
        return utterance;
    }

    private Task WrittenAsync() => UntilAsync(() => _output.IsWritten);

    private static Task FinishedAsync(Utterance utterance) => UntilAsync(() => utterance.IsStopped);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
