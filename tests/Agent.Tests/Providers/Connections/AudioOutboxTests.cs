using Agent.Providers.Connections;
using Agent.Testing;

namespace Agent.Tests.Providers.Connections;

public sealed class AudioOutboxTests
{
    private static readonly CancellationToken s_limit = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task Read_LessThanAChunk_WaitsForTheRest()
    {
        var outbox = new AudioOutbox(1_000, 100, TimeProvider.System);
        outbox.Push(new short[60]);
        var read = outbox.ReadAsync(new short[100], Timeout.InfiniteTimeSpan, s_limit).AsTask();
        Assert.False(read.IsCompleted);
        outbox.Push(new short[60]);
        Assert.Equal((OutboxItem.Audio, 100), await read);
    }

    [Fact]
    public async Task Mark_BehindPartOfAChunk_ReleasesItFirst()
    {
        var outbox = new AudioOutbox(1_000, 100, TimeProvider.System);
        outbox.Push(new short[130]);
        outbox.Mark();
        outbox.Push(new short[100]);
        Assert.Equal([(OutboxItem.Audio, 100), (OutboxItem.Audio, 30), (OutboxItem.Mark, 0), (OutboxItem.Audio, 100)], await ReadAsync(outbox, 4));
    }

    [Fact]
    public async Task Nudge_WhateverWaits_CallsTheReaderBackOnceAndFirst()
    {
        var outbox = new AudioOutbox(1_000, 100, TimeProvider.System);
        var read = outbox.ReadAsync(new short[100], Timeout.InfiniteTimeSpan, s_limit).AsTask();
        outbox.Nudge();
        Assert.Equal((OutboxItem.Idle, 0), await read);

        outbox.Push(new short[100]);
        outbox.Nudge();
        outbox.Nudge();
        Assert.Equal([(OutboxItem.Idle, 0), (OutboxItem.Audio, 100)], await ReadAsync(outbox, 2));
    }

    [Fact]
    public async Task Mark_WithoutAudio_IsReadOnceEach()
    {
        var outbox = new AudioOutbox(1_000, 100, TimeProvider.System);
        outbox.Mark();
        outbox.Mark();
        outbox.Complete();
        Assert.Equal([(OutboxItem.Mark, 0), (OutboxItem.Mark, 0), (OutboxItem.Completed, 0)], await ReadAsync(outbox, 3));
    }

    [Fact]
    public async Task Push_MoreThanFits_DropsTheOldestAndCounts()
    {
        var outbox = new AudioOutbox(100, 50, TimeProvider.System);
        outbox.Push([.. Enumerable.Range(0, 70).Select(i => (short)i)]);
        outbox.Push([.. Enumerable.Range(70, 60).Select(i => (short)i)]);
        var buffer = new short[50];
        await outbox.ReadAsync(buffer, Timeout.InfiniteTimeSpan, s_limit);
        Assert.Equal(30, outbox.DroppedSamples);
        Assert.Equal(Enumerable.Range(30, 50).Select(i => (short)i), buffer);
    }

    [Fact]
    public async Task Push_OnePieceLargerThanAll_KeepsItsEnd()
    {
        var outbox = new AudioOutbox(100, 50, TimeProvider.System);
        outbox.Push([.. Enumerable.Range(0, 250).Select(i => (short)i)]);
        var buffer = new short[50];
        await outbox.ReadAsync(buffer, Timeout.InfiniteTimeSpan, s_limit);
        Assert.Equal(150, outbox.DroppedSamples);
        Assert.Equal(150, buffer[0]);
    }

    [Fact]
    public async Task Mark_WhoseAudioWasDropped_IsStillRead()
    {
        var outbox = new AudioOutbox(100, 50, TimeProvider.System);
        outbox.Push(new short[10]);
        outbox.Mark();
        outbox.Push(new short[150]);
        Assert.Equal([(OutboxItem.Mark, 0), (OutboxItem.Audio, 50), (OutboxItem.Audio, 50)], await ReadAsync(outbox, 3));
    }

    [Fact]
    public async Task Read_NothingComes_IsIdleAndLosesNothing()
    {
        var time = new ManualTimeProvider();
        var outbox = new AudioOutbox(1_000, 100, time);
        outbox.Push(new short[60]);
        var read = outbox.ReadAsync(new short[100], TimeSpan.FromSeconds(4), s_limit).AsTask();
        time.TryFireNext(TimeSpan.FromSeconds(5));
        Assert.Equal((OutboxItem.Idle, 0), await read);
        outbox.Push(new short[40]);
        Assert.Equal([(OutboxItem.Audio, 100)], await ReadAsync(outbox, 1));
    }

    [Fact]
    public async Task SpeechBegins_BetweenPushes_KeepsItsPlaceAmongTheMarks()
    {
        var outbox = new AudioOutbox(1_000, 100, TimeProvider.System);
        outbox.Push(new short[100]);
        outbox.SpeechBegins();
        outbox.Push(new short[20]);
        outbox.Mark();
        Assert.Equal([(OutboxItem.Audio, 100), (OutboxItem.SpeechBegins, 0), (OutboxItem.Audio, 20), (OutboxItem.Mark, 0)], await ReadAsync(outbox, 4));
    }

    [Fact]
    public async Task Position_OfWhatWasRead_CountsWhatWasDropped()
    {
        var outbox = new AudioOutbox(100, 50, TimeProvider.System);
        outbox.Push(new short[130]);
        await ReadAsync(outbox, 1);
        Assert.Equal(30, outbox.Position);
        outbox.Push(new short[10]);
        await ReadAsync(outbox, 1);
        Assert.Equal(80, outbox.Position);
    }

    [Fact]
    public async Task PushAndRead_SteadyState_AllocatesNothing()
    {
        var outbox = new AudioOutbox(16_000, 160, TimeProvider.System);
        var samples = new short[160];
        for (var i = 0; i < 500; i++)
            await CycleAsync();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            await CycleAsync();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        ValueTask<(OutboxItem Item, int Samples)> CycleAsync()
        {
            outbox.Push(samples);
            return outbox.ReadAsync(samples, Timeout.InfiniteTimeSpan, s_limit);
        }
    }

    [Fact]
    public async Task Complete_WhatWaits_IsStillRead()
    {
        var outbox = new AudioOutbox(1_000, 100, TimeProvider.System);
        outbox.Push(new short[60]);
        outbox.Complete();
        outbox.Push(new short[60]);
        Assert.Equal([(OutboxItem.Audio, 60), (OutboxItem.Completed, 0), (OutboxItem.Completed, 0)], await ReadAsync(outbox, 3));
    }

    [Fact]
    public async Task PushAndRead_ConcurrentlyAtRandom_EverySampleComesOnceInOrder()
    {
        const int Total = 200_000;
        var random = new Random(7);
        var outbox = new AudioOutbox(Total, 160, TimeProvider.System);
        var pushing = Task.Run(() =>
        {
            for (var done = 0; done < Total;)
            {
                var count = Math.Min(random.Next(1, 700), Total - done);
                outbox.Push([.. Enumerable.Range(done, count).Select(i => (short)i)]);
                done += count;
                if (random.Next(20) == 0)
                    outbox.Mark();
            }

            outbox.Complete();
        });
        var next = 0;
        var buffer = new short[320];
        while (await outbox.ReadAsync(buffer, Timeout.InfiniteTimeSpan, s_limit) is { Item: not OutboxItem.Completed } read)
        {
            for (var i = 0; i < read.Samples; i++)
                Assert.Equal((short)next++, buffer[i]);
        }

        await pushing;
        Assert.Equal(Total, next);
    }

    private static async Task<List<(OutboxItem Item, int Samples)>> ReadAsync(AudioOutbox outbox, int count)
    {
        var items = new List<(OutboxItem, int)>();
        for (var i = 0; i < count; i++)
            items.Add(await outbox.ReadAsync(new short[200], Timeout.InfiniteTimeSpan, s_limit));
        return items;
    }
}
